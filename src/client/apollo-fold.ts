// Folds what a room's stream tells into Apollo's cache, so that every query that shows the room shows it as it now is.
import type { ApolloCache, Reference } from '@apollo/client';
import { parse } from 'graphql';
import { writeParts } from './apollo-document.js';
import { isPinned, markOwn } from './apollo-marks.js';
import { addMember, dropMember, forgetBans } from './apollo-members.js';
import { beginThread, placeReply, writeThread } from './apollo-threads.js';
import {
  MembershipPartsFragmentDoc,
  type MessagePartsFragment,
  MessagePartsFragmentDoc,
  type MessageToldFragment,
  MessageToldFragmentDoc,
  RoomPartsFragmentDoc,
  type ThreadPartsFragment,
  UserPartsFragmentDoc,
} from './generated.js';
import { type CursorOf, cut, type SeqOf, type StoredConnection } from './message-window.js';
import type { RoomStreamItem } from './room-stream.contract.js';

/** Applies one item. The order of the stream is the order to apply them in; applying one again changes nothing. */
export function foldItem(cache: ApolloCache, roomId: string, item: RoomStreamItem): void {
  cache.batch({
    update: () => {
      switch (item.__typename) {
        case 'MessageSent':
          addMessage(cache, item.message);
          break;
        case 'MessageEdited':
          writeMessage(cache, item.message);
          break;
        case 'MessageDeleted':
          writeMessage(cache, item.message);
          isPinned(cache, item.message, false);
          break;
        case 'ReactionAdded':
        case 'ReactionRemoved':
          writeMessage(cache, item.message);
          markOwn(cache, item);
          break;
        case 'MessagePinned':
        case 'MessageUnpinned':
          writeMessage(cache, item.message);
          isPinned(cache, item.message, item.message.pinnedAt !== null);
          break;
        case 'MemberJoined':
          addMember(cache, roomId, item.membership);
          break;
        case 'MemberRoleChanged':
          writeParts(cache, MembershipPartsFragmentDoc, 'MembershipParts', item.membership);
          break;
        case 'MemberLeft':
          writeParts(cache, UserPartsFragmentDoc, 'UserParts', item.user); // nameless by now, if they deleted their account
          dropMember(cache, roomId, item.membershipId, item.user.id);
          break;
        case 'MemberBanned':
          if (item.endedMembershipId) dropMember(cache, roomId, item.endedMembershipId, item.user.id);
          forgetBans(cache, roomId);
          break;
        case 'MemberUnbanned':
          forgetBans(cache, roomId);
          break;
        case 'RoomUpdated':
          writeParts(cache, RoomPartsFragmentDoc, 'RoomParts', item.room);
          break;
        default: // nothing happened in the room
      }
      if ('seq' in item) advance(cache, roomId, item.seq, item.cursor);
    },
  });
}

/** With what stands beside a message in the streams, where it was asked for. */
type Told = MessagePartsFragment & Partial<MessageToldFragment> & { parent?: ThreadPartsFragment | null };

/**
 * Puts a message into every window of its room that reaches the present, or a reply into that of its thread: for `update`
 * of a sendMessage mutation, too.
 */
export function addMessage(cache: ApolloCache, message: Told): void {
  const node = writeMessage(cache, message);
  if (!node) return;
  if (message.parentId !== null) {
    placeReply(cache, message.parentId, (window, seqOf) => place(window, node, message, seqOf));
    return;
  }
  eachWindow(cache, message.roomId, (window, seqOf) => place(window, node, message, seqOf));
  cache.modify({
    id: cache.identify({ __typename: 'Room', id: message.roomId }),
    fields: {
      lastMessage: (last: Reference | null, { readField }) =>
        last && (readField<number>('seq', last) ?? 0) > message.seq ? last : node,
    },
  });
}

/** An older text never replaces a newer one, whichever way each of them came. */
function writeMessage(cache: ApolloCache, message: Told): Reference | undefined {
  if (message.parent) writeThread(cache, message.parent);
  const id = cache.identify({ __typename: 'Message', id: message.id });
  const known = cache.readFragment<{ version: number }>({ id, fragment: VERSION });
  beginThread(cache, message); // its replies, if there are any, follow in the stream
  if (id && known && known.version > message.version) return { __ref: id };
  return 'reactions' in message
    ? writeParts(cache, MessageToldFragmentDoc, 'MessageTold', message as MessageToldFragment)
    : writeParts(cache, MessagePartsFragmentDoc, 'MessageParts', message);
}

const VERSION = parse('fragment Version on Message { version }');

/**
 * Puts a message in its place. That is not always the end: the answer to one's own send may overtake the event of
 * someone else's message that came before it.
 */
function place(before: StoredConnection, node: Reference, { seq, cursor }: MessagePartsFragment, seqOf: SeqOf) {
  const { pageInfo, heardSeq = 0 } = before;
  const window = { ...before, heardSeq: Math.max(heardSeq, seq) };
  const seqs = (window.nodes ?? window.edges?.map((edge) => edge.node) ?? []).map((message) => seqOf(message) ?? 0);
  if (seqs.includes(seq)) return window;
  const at = seqs.findLastIndex((each) => each < seq) + 1;
  const isNewest = at === seqs.length;
  if (isNewest ? pageInfo?.hasNextPage : at === 0 && pageInfo?.hasPreviousPage) return window; // of a page not yet read
  return {
    ...window,
    ...(window.nodes && { nodes: window.nodes.toSpliced(at, 0, node) }),
    ...(window.edges && { edges: window.edges.toSpliced(at, 0, { __typename: 'MessageEdge', cursor, node }) }),
    ...(pageInfo && {
      pageInfo: {
        ...pageInfo,
        startCursor: at === 0 ? cursor : pageInfo.startCursor,
        endCursor: isNewest ? cursor : pageInfo.endCursor,
      },
    }),
  };
}

/** The room has come to this seq: the next stream may begin after it. */
function advance(cache: ApolloCache, roomId: string, seq: number, streamCursor: string): void {
  eachWindow(cache, roomId, (window) => ('streamCursor' in window ? { ...window, streamCursor } : window));
  cache.modify({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: { headSeq: (head: number) => Math.max(head, seq) },
  });
}

/**
 * Keeps the newest or the oldest `most` messages of what is cached of a room, so that whoever reads far back does not keep
 * all of it. What was cut off is asked for again with `after` or `before`; until then new messages have no place here.
 * Follow it with `cache.gc()`.
 */
export function trimMessages(cache: ApolloCache, roomId: string, most: number, from: 'oldest' | 'newest'): void {
  eachWindow(cache, roomId, (window, _, cursorOf) => cut(window, most, from, cursorOf));
}

/** The same messages are kept in two places: under Query.messages and under Room.messages. */
function eachWindow(
  cache: ApolloCache,
  roomId: string,
  change: (window: StoredConnection, seqOf: SeqOf, cursorOf: CursorOf) => StoredConnection,
): void {
  const names = ['messages', `messages:${JSON.stringify({ roomId })}`]; // as type-policies.ts keys them
  for (const id of ['ROOT_QUERY', cache.identify({ __typename: 'Room', id: roomId })]) {
    cache.modify<Record<string, StoredConnection>>({
      id,
      fields: {
        messages: (window, { storeFieldName, readField }) =>
          names.includes(storeFieldName)
            ? change(
                window as StoredConnection,
                (message) => readField<number>('seq', message),
                (message) => readField<string>('cursor', message),
              )
            : window,
      },
    });
  }
}
