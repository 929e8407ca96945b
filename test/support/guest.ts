// Somebody at the door: speaks GraphQL over HTTP or over the socket, as a client does, and hears what a room tells.
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import * as documents from './documents.js';
import { Heard } from './heard.js';
import type { HouseEvent, MessageSeen, PageSeen, RoomSeen } from './seen.js';

export const PASSWORD = 'correct horse battery';

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The first error of an answer, as something to throw. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly extensions: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** A room by id, or as it was answered. */
type RoomLike = string | { id: string };
const idOf = (room: RoomLike): string => (typeof room === 'string' ? room : room.id);

export class Guest {
  cookie = '';
  /** An access key, shown instead of the cookie. */
  token = '';
  id = '';
  username = '';
  private socket: Client | null = null;
  closedWith: { code: number; reason: string } | null = null;

  constructor(public url: string) {}

  static async signUp(url: string, username: string, displayName: string): Promise<Guest> {
    const guest = new Guest(url);
    const { signUp } = await guest.ask<{ signUp: { user: { id: string } } }>(documents.SIGN_UP, {
      input: { username, password: PASSWORD, displayName },
    });
    guest.id = signUp.user.id;
    guest.username = username;
    return guest;
  }

  /** A program that shows this access key of theirs, and no cookie. */
  withKey(token: string, url = this.url): Guest {
    const program = new Guest(url);
    program.token = token;
    program.id = this.id;
    program.username = this.username;
    return program;
  }

  /** Signs in anew, as another browser of the same person. */
  async elsewhere(url = this.url): Promise<Guest> {
    const other = new Guest(url);
    await other.ask(documents.SIGN_IN, { input: { username: this.username, password: PASSWORD } });
    other.id = this.id;
    other.username = this.username;
    return other;
  }

  // ── speaking ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The answer as it came, over HTTP. */
  async post<Data>(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';', 1)[0] ?? '';
    return (await response.json()) as GraphQLAnswer<Data>;
  }

  /** The answer as it came, over the socket. */
  async say<Data>(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer<Data>> {
    try {
      for await (const result of this.open().iterate({ query, variables })) return result as GraphQLAnswer<Data>;
    } catch (errors) {
      if (Array.isArray(errors)) return { errors };
      throw errors;
    }
    return {};
  }

  /** The data, or a refusal to catch. */
  async ask<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
    door: 'post' | 'say' = 'post',
  ): Promise<Data> {
    const { data, errors } = await this[door]<Data>(query, variables);
    const [error] = errors ?? [];
    if (error) throw new Refused(error.message, error.extensions);
    return data as Data;
  }

  async send(room: RoomLike, content: string, clientMessageId?: string): Promise<MessageSeen> {
    const input = { roomId: idOf(room), content, clientMessageId };
    return (await this.ask<{ sendMessage: MessageSeen }>(documents.SEND, { input })).sendMessage;
  }

  async edit(message: { id: string }, content: string, expectedVersion?: number): Promise<MessageSeen> {
    const input = { messageId: message.id, content, expectedVersion };
    return (await this.ask<{ editMessage: MessageSeen }>(documents.EDIT, { input })).editMessage;
  }

  async delete(message: { id: string }): Promise<MessageSeen> {
    return (await this.ask<{ deleteMessage: MessageSeen }>(documents.DELETE, { messageId: message.id })).deleteMessage;
  }

  async history(room: RoomLike, page: Record<string, unknown> = {}): Promise<PageSeen> {
    return (await this.ask<{ messages: PageSeen }>(documents.HISTORY, { roomId: idOf(room), ...page })).messages;
  }

  async createRoom(name: string, { kind = 'PRIVATE', with: members = [] as Guest[] } = {}): Promise<RoomSeen> {
    const input = { kind, name: kind === 'DIRECT' ? undefined : name, memberIds: members.map((guest) => guest.id) };
    return (await this.ask<{ createRoom: RoomSeen }>(documents.CREATE_ROOM, { input })).createRoom;
  }

  async join(room: RoomLike): Promise<void> {
    await this.ask(documents.JOIN, { roomId: idOf(room) });
  }

  async leaveRoom(room: RoomLike): Promise<void> {
    await this.ask(documents.LEAVE, { roomId: idOf(room) });
  }

  async remove(room: RoomLike, guest: Guest): Promise<void> {
    await this.ask(documents.REMOVE, { input: { roomId: idOf(room), userId: guest.id } });
  }

  async setRole(room: RoomLike, guest: Guest, role: string): Promise<void> {
    await this.ask(documents.SET_ROLE, { input: { roomId: idOf(room), userId: guest.id, role } });
  }

  // ── hearing ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Listens to a room. Resolves at StreamReady, which is left out of what is heard; `heard.ready` keeps it. */
  async listen(
    room: RoomLike,
    { after, query = documents.ROOM_EVENTS }: { after?: string; query?: string } = {},
  ): Promise<Heard<HouseEvent>> {
    const heard = this.subscribe<HouseEvent>(query, { roomId: idOf(room), after }, 'roomEvents');
    heard.ready = await heard.next();
    return heard;
  }

  /** Any subscription, by the field that it selects. */
  subscribe<Item>(query: string, variables: Record<string, unknown>, field: string): Heard<Item> {
    const heard = new Heard<Item>(() => this.ask('{ __typename }', {}, 'say'));
    heard.stop = this.open().subscribe<Record<string, Item>>(
      { query, variables },
      {
        next: ({ data, errors }) =>
          errors
            ? heard.fail(new Refused(errors[0]?.message ?? '', { ...errors[0]?.extensions }))
            : heard.push(data?.[field] as Item),
        error: (error) => heard.fail(toRefusal(error)),
        complete: () => heard.complete(),
      },
    );
    return heard;
  }

  /** The socket of this guest: opened at need, with the cookie in the handshake, never reopened by itself. */
  open(): Client {
    if (this.socket) return this.socket;
    const { cookie, token } = this;
    class WithCookie extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: cookie ? { cookie } : {} });
      }
    }
    this.socket = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WithCookie,
      connectionParams: token ? { token } : undefined,
      retryAttempts: 0,
      lazy: true,
      on: {
        closed: (event) => {
          const { code, reason } = event as { code: number; reason: string };
          this.closedWith = { code, reason };
        },
      },
    });
    return this.socket;
  }

  async leave(): Promise<void> {
    await this.socket?.dispose();
    this.socket = null;
  }
}

function toRefusal(error: unknown): Error {
  if (Array.isArray(error)) return new Refused(error[0]?.message ?? '', { ...error[0]?.extensions });
  if (error instanceof Error) return error;
  const { code, reason } = error as { code?: number; reason?: string };
  return new Refused(`closed: ${reason}`, { close: code });
}
