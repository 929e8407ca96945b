// The SDK's one class: every operation of the API as a method, and rooms to listen to.
import { Connection, type ConnectionOptions } from './connection.js';
import { ParleyError } from './errors.js';
import * as api from './generated.js';
import { type Following, followLossy } from './lossy-stream.js';
import { RoomListener } from './room-listener.js';
import type { ListenState } from './room-stream.contract.js';
import { persist, type SendOptions } from './sending.js';
import { tellState } from './socket.js';
import { Typing } from './typing.js';

/** `first` with optional `after`, or `last` with optional `before`; 1 to 100, and 50 with neither. */
export type Page = { first?: number; after?: string | null; last?: number; before?: string | null };

export interface ChatClientOptions extends ConnectionOptions {
  /** Called when a session has expired while listening: sign in again, and the streams go on where they were. */
  renew?: (client: ChatClient) => Promise<unknown>;
}

export interface ListenOptions {
  /** Begin right after this cursor (a page's `streamCursor`, any `cursor`); without it, from now on. */
  after?: string | null;
  signal?: AbortSignal;
  onState?: (state: ListenState, because?: ParleyError) => void;
}

export type RoomSignal = api.RoomSignalsSubscription['roomSignals'];
export type ViewerEvent = api.ViewerEventsSubscription['viewerEvents'];

export class ChatClient {
  readonly #connection: Connection;
  readonly #renew: ChatClientOptions['renew'];
  readonly #listeners = new Set<RoomListener>();
  readonly #followings = new Set<Following>();
  readonly #typing = new Typing((roomId) => this.request(api.SetTypingDocument, { roomId }));
  #renewing: Promise<unknown> | undefined;

  constructor({ renew, ...options }: ChatClientOptions) {
    this.#connection = new Connection(options);
    this.#renew = renew;
  }

  /** Any document over HTTP. Throws a ParleyError when the server refuses, or cannot be reached (`UNAVAILABLE`). */
  request<TData, TVariables>(
    document: api.TypedDocument<TData, TVariables>,
    variables?: NoInfer<TVariables>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<TData> {
    return this.#connection.request(document, variables, signal);
  }

  // ── Who one is ──

  async signUp(input: api.SignUpInput): Promise<api.ViewerPartsFragment> {
    const { signUp } = await this.request(api.SignUpDocument, { input });
    this.#connection.becomeSomeoneElse();
    return signUp;
  }

  async signIn(input: api.SignInInput): Promise<api.ViewerPartsFragment> {
    const { signIn } = await this.request(api.SignInDocument, { input });
    this.#connection.becomeSomeoneElse();
    return signIn;
  }

  /** Ends this session: everything that listens with it ends with SESSION_ENDED. */
  async signOut(): Promise<void> {
    await this.request(api.SignOutDocument);
  }

  /** null: signed out. */
  async viewer(): Promise<api.ViewerPartsFragment | null> {
    return (await this.request(api.ViewerDocument)).viewer;
  }

  async sessions(): Promise<api.SessionPartsFragment[]> {
    return signedIn((await this.request(api.ViewerSessionsDocument)).viewer).sessions;
  }

  async revokeSession(id: string): Promise<api.SessionPartsFragment[]> {
    return (await this.request(api.RevokeSessionDocument, { id })).revokeSession.sessions;
  }

  /** What is absent stays; `avatarUrl: null` takes the picture away. */
  async updateProfile(input: api.UpdateProfileInput): Promise<api.UserPartsFragment> {
    return (await this.request(api.UpdateProfileDocument, { input })).updateProfile;
  }

  /** Ends every other session; this one goes on. */
  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    await this.request(api.ChangePasswordDocument, { input: { currentPassword, newPassword } });
  }

  /** A key for a script or a bot. Keep the `secret`: it is never shown again. */
  async createAccessKey(input: api.CreateAccessKeyInput): Promise<api.CreateAccessKeyMutation['createAccessKey']> {
    return (await this.request(api.CreateAccessKeyDocument, { input })).createAccessKey;
  }

  async accessKeys(): Promise<api.AccessKeyPartsFragment[]> {
    return signedIn((await this.request(api.ViewerAccessKeysDocument)).viewer).accessKeys;
  }

  async revokeAccessKey(id: string): Promise<api.AccessKeyPartsFragment[]> {
    return (await this.request(api.RevokeAccessKeyDocument, { id })).revokeAccessKey.accessKeys;
  }

  /** No direct messages from them any more. Answers with all whom one has blocked. */
  async blockUser(userId: string): Promise<api.UserPartsFragment[]> {
    return (await this.request(api.BlockUserDocument, { userId })).blockUser.blockedUsers;
  }

  async unblockUser(userId: string): Promise<api.UserPartsFragment[]> {
    return (await this.request(api.UnblockUserDocument, { userId })).unblockUser.blockedUsers;
  }

  async blockedUsers(): Promise<api.UserPartsFragment[]> {
    return signedIn((await this.request(api.ViewerBlockedUsersDocument)).viewer).blockedUsers;
  }

  /** For good. What was said stays, under a nameless user. */
  async deleteAccount(password: string): Promise<void> {
    await this.request(api.DeleteAccountDocument, { password });
  }

  async user(username: string): Promise<api.UserPartsFragment | null> {
    return (await this.request(api.UserDocument, { username })).user;
  }

  // ── Where one meets ──

  /** One's own rooms, the one with the newest activity first. */
  async rooms(page: Page = {}): Promise<api.RoomPageFragment> {
    return signedIn((await this.request(api.ViewerRoomsDocument, page)).viewer).rooms;
  }

  async publicRooms(page: Page & { search?: string } = {}): Promise<api.RoomPageFragment> {
    return (await this.request(api.PublicRoomsDocument, page)).rooms;
  }

  /** null: absent, or not for you to see. */
  async room(id: string): Promise<api.RoomCardFragment | null> {
    return (await this.request(api.RoomDocument, { id })).room;
  }

  async members(roomId: string, page: Page = {}): Promise<api.MembershipPageFragment> {
    const { room } = await this.request(api.RoomMembersDocument, { roomId, ...page });
    if (!room) throw new ParleyError('NOT_FOUND', `There is no room ${roomId} that you may see.`);
    return room.members;
  }

  async createRoom(input: api.CreateRoomInput): Promise<api.RoomCardFragment> {
    return (await this.request(api.CreateRoomDocument, { input })).createRoom;
  }

  async updateRoom(input: api.UpdateRoomInput): Promise<api.RoomCardFragment> {
    return (await this.request(api.UpdateRoomDocument, { input })).updateRoom;
  }

  async archiveRoom(roomId: string): Promise<api.RoomCardFragment> {
    return (await this.request(api.ArchiveRoomDocument, { roomId })).archiveRoom;
  }

  async joinRoom(roomId: string): Promise<api.JoinRoomMutation['joinRoom']> {
    return (await this.request(api.JoinRoomDocument, { roomId })).joinRoom;
  }

  async leaveRoom(roomId: string): Promise<void> {
    await this.request(api.LeaveRoomDocument, { roomId });
  }

  async addMembers(roomId: string, userIds: string[]): Promise<api.MembershipPartsFragment[]> {
    return (await this.request(api.AddMembersDocument, { input: { roomId, userIds } })).addMembers;
  }

  async removeMember(roomId: string, userId: string): Promise<api.RoomCardFragment> {
    return (await this.request(api.RemoveMemberDocument, { input: { roomId, userId } })).removeMember;
  }

  async setRole(roomId: string, userId: string, role: api.RoomRole): Promise<api.MembershipPartsFragment> {
    return (await this.request(api.SetRoleDocument, { input: { roomId, userId, role } })).setRole;
  }

  /** They hear nothing after that, and to them the room does not exist, until it is lifted or over. */
  async banMember(input: api.BanInput): Promise<api.BanPartsFragment> {
    return (await this.request(api.BanMemberDocument, { input })).banMember;
  }

  async unbanMember(roomId: string, userId: string): Promise<api.RoomCardFragment> {
    return (await this.request(api.UnbanMemberDocument, { roomId, userId })).unbanMember;
  }

  /** For moderators and owners: the bans that stand, the newest first. */
  async bans(
    roomId: string,
    page: Pick<Page, 'first' | 'after'> = {},
  ): Promise<NonNullable<api.RoomBansQuery['room']>['bans']> {
    const { room } = await this.request(api.RoomBansDocument, { roomId, ...page });
    if (!room) throw new ParleyError('NOT_FOUND', `There is no room ${roomId} that you may see.`);
    return room.bans;
  }

  // ── What one says, reads and hears ──

  /** Sends once, however often it has to try: resolves when the message is committed. */
  send(roomId: string, content: string, options: SendOptions = {}): Promise<api.MessageCardFragment> {
    const { parentId } = options;
    const attempt = async (clientMessageId: string) => {
      const input = { roomId, content, clientMessageId, parentId };
      return (await this.request(api.SendMessageDocument, { input }, { signal: options.signal })).sendMessage;
    };
    this.#typing.done(roomId);
    return persist(attempt, options, this.#connection.isClosed);
  }

  async edit(messageId: string, content: string, expectedVersion?: number): Promise<api.MessageCardFragment> {
    const input = { messageId, content, expectedVersion };
    return (await this.request(api.EditMessageDocument, { input })).editMessage;
  }

  async delete(messageId: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.DeleteMessageDocument, { messageId })).deleteMessage;
  }

  async message(id: string): Promise<api.MessageCardFragment | null> {
    return (await this.request(api.MessageDocument, { id })).message;
  }

  /** Without a page: the newest 50. Listen `after` its `streamCursor`, and nothing is missed. */
  async history(roomId: string, page: Page = {}): Promise<api.MessagePageFragment> {
    return (await this.request(api.MessagesDocument, { roomId, ...page })).messages;
  }

  /** The replies to a message, and where the room stood when they were read; null: absent, or not for you to see. */
  async thread(messageId: string, page: Page = {}): Promise<api.MessagePageFragment | null> {
    return (await this.request(api.ThreadDocument, { messageId, ...page })).message?.thread?.replies ?? null;
  }

  /** With one emoji; twice is once. */
  async react(messageId: string, emoji: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.AddReactionDocument, { input: { messageId, emoji } })).addReaction;
  }

  async unreact(messageId: string, emoji: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.RemoveReactionDocument, { input: { messageId, emoji } })).removeReaction;
  }

  async pin(messageId: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.PinMessageDocument, { messageId })).pinMessage;
  }

  async unpin(messageId: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.UnpinMessageDocument, { messageId })).unpinMessage;
  }

  /** The newest pin first. */
  async pinned(roomId: string): Promise<api.MessageCardFragment[]> {
    return (await this.request(api.PinnedMessagesDocument, { roomId })).room?.pinned ?? [];
  }

  /** The earlier texts of a message, for its author and for moderators; to others there are none. */
  async revisions(messageId: string): Promise<api.RevisionPartsFragment[]> {
    return (await this.request(api.MessageRevisionsDocument, { messageId })).message?.revisions ?? [];
  }

  /** Messages by their words, the best first; U+0002 and U+0003 stand around each word in a snippet. */
  async search(
    input: api.MessageSearchInput,
    page: { first?: number; after?: string } = {},
  ): Promise<api.SearchPageFragment> {
    return (await this.request(api.SearchMessagesDocument, { input, ...page })).searchMessages;
  }

  /** A page around a message, a moment, or where reading stopped; at most 100 messages in all. */
  async historyAround(
    roomId: string,
    anchor: api.MessageAnchor,
    counts: { countBefore?: number; countAfter?: number } = {},
  ): Promise<api.MessagePageFragment> {
    const { room } = await this.request(api.MessagesAroundDocument, { roomId, anchor, ...counts });
    if (!room) throw new ParleyError('NOT_FOUND', `There is no room ${roomId} that you may see.`);
    return room.messagesAround;
  }

  /** One has read up to and including `seq`; it never moves back. null: not a member any more. */
  async markRead(roomId: string, seq: number): Promise<api.ReadStatePartsFragment | null> {
    return (await this.request(api.MarkReadDocument, { input: { roomId, seq } })).markRead.viewerReadState;
  }

  async setNotify(roomId: string, level: api.NotifyLevel): Promise<api.ReadStatePartsFragment | null> {
    return (await this.request(api.SetNotifyDocument, { roomId, level })).setNotify.viewerReadState;
  }

  /** Whether others are told how far one has read. */
  async setReadSignals(on: boolean): Promise<void> {
    await this.request(api.SetReadSignalsDocument, { on });
  }

  /** One is typing: call it with every key. It is told every three seconds at most, and may be lost. */
  typing(roomId: string): void {
    this.#typing.pressed(roomId);
  }

  /** Who is typing, who comes and goes, how far others have read. Lossy, for as long as the room may be read. */
  signals(roomId: string, onSignal: (signal: RoomSignal) => void): Following {
    const query = api.RoomSignalsDocument;
    return this.#follow<api.RoomSignalsSubscription, RoomSignal>(
      query,
      { roomId },
      (data) => data.roomSignals,
      onSignal,
    );
  }

  /** What the list of one's rooms should know. At ViewerReady, also after a loss of connection, load the list. */
  roomList(onEvent: (event: ViewerEvent) => void): Following {
    const query = api.ViewerEventsDocument;
    return this.#follow<api.ViewerEventsSubscription, ViewerEvent>(query, {}, (data) => data.viewerEvents, onEvent);
  }

  /** Everything that happens in a room, once and in order, over all losses of connection. */
  listen(roomId: string, { after, ...options }: ListenOptions = {}): RoomListener {
    this.#connection.isClosed.throwIfAborted();
    const { socket } = this.#connection;
    const listener = new RoomListener({
      ...options,
      roomId,
      after: after ?? undefined,
      renew: this.#renew && (() => this.#renewOnce()),
      subscribe: (variables, sink) => {
        const stopTelling = tellState(socket, sink.state);
        const unsubscribe = socket.subscribe<api.RoomEventsSubscription>(
          { query: api.RoomEventsDocument, variables: variables as unknown as Record<string, unknown> },
          {
            next: ({ data, errors }) => (data ? sink.next(data.roomEvents) : sink.error(errors)),
            error: sink.error,
            complete: sink.complete,
          },
        );
        return () => {
          stopTelling();
          unsubscribe();
        };
      },
    });
    this.#listeners.add(listener);
    listener.ended.then(() => this.#listeners.delete(listener));
    return listener;
  }

  /** Stops what listens, aborts what is on its way, and closes the socket. */
  async close(): Promise<void> {
    for (const each of [...this.#listeners, ...this.#followings]) each.stop();
    await this.#connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #follow<Data, Item>(
    query: string,
    variables: Record<string, unknown>,
    itemOf: (data: Data) => Item,
    onItem: (item: Item) => void,
  ): Following {
    this.#connection.isClosed.throwIfAborted();
    const { socket } = this.#connection;
    const following = followLossy<Item>({
      onItem,
      renew: this.#renew && (() => this.#renewOnce()),
      subscribe: (sink) =>
        socket.subscribe<Data>(
          { query, variables },
          {
            next: ({ data, errors }) => (data ? sink.next(itemOf(data)) : sink.error(errors)),
            error: sink.error,
            complete: sink.complete,
          },
        ),
    });
    this.#followings.add(following);
    following.ended.then(() => this.#followings.delete(following));
    return following;
  }

  /** Many streams expire together, and sign in once. */
  #renewOnce(): Promise<unknown> {
    this.#renewing ??= Promise.resolve(this.#renew?.(this)).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }
}

function signedIn<T>(viewer: T | null): T {
  if (viewer === null) throw new ParleyError('UNAUTHENTICATED', 'You are signed out.');
  return viewer;
}
