// Folds what a room's stream tells into Apollo's cache, so that every query that shows the room shows it as it now is.
import type { ApolloCache, Reference } from '@apollo/client';
import { parse } from 'graphql';
import { documentNode } from './apollo-document.js';
import {
  type MembershipPartsFragment,
  MembershipPartsFragmentDoc,
  type MessagePartsFragment,
  MessagePartsFragmentDoc,
  RoomPartsFragmentDoc,
  type TypedDocument,
} from './generated.js';
import type { StoredConnection } from './message-window.js';
import type { RoomStreamItem } from './room-stream.js';

/** Applies one item. The order of the stream is the order to apply them in; applying one again changes nothing. */
export function foldItem(cache: ApolloCache, roomId: string, item: RoomStreamItem): void {
  cache.batch({
    update: () => {
      switch (item.__typename) {
        case 'MessageSent':
          addMessage(cache, item.message);
          break;
        case 'MessageEdited':
        case 'MessageDeleted':
          writeMessage(cache, item.message);
          break;
        case 'MemberJoined':
          addMember(cache, roomId, item.membership);
          break;
        case 'MemberRoleChanged':
          write(cache, MembershipPartsFragmentDoc, 'MembershipParts', item.membership);
          break;
        case 'MemberLeft':
          dropMember(cache, roomId, item.membershipId, item.user.id);
          break;
        case 'RoomUpdated':
          write(cache, RoomPartsFragmentDoc, 'RoomParts', item.room);
          break;
        default: // nothing happened in the room
      }
      if ('seq' in item) advance(cache, roomId, item.seq, item.cursor);
    },
  });
}

/** Puts a message into every window of its room that reaches the present: for `update` of a sendMessage mutation, too. */
export function addMessage(cache: ApolloCache, message: MessagePartsFragment): void {
  const node = writeMessage(cache, message);
  if (!node) return;
  eachWindow(cache, message.roomId, (window, seqOf) => append(window, node, message, seqOf));
  const room = cache.identify({ __typename: 'Room', id: message.roomId });
  cache.modify({
    id: room,
    fields: {
      lastMessage: (last: Reference | null, { readField }) =>
        last && (readField<number>('seq', last) ?? 0) > message.seq ? last : node,
    },
  });
}

/** An older text never replaces a newer one, whichever way each of them came. */
function writeMessage(cache: ApolloCache, message: MessagePartsFragment): Reference | undefined {
  const id = cache.identify({ __typename: 'Message', id: message.id });
  const known = cache.readFragment<{ version: number }>({ id, fragment: VERSION });
  if (id && known && known.version > message.version) return { __ref: id };
  return write(cache, MessagePartsFragmentDoc, 'MessageParts', message);
}

const VERSION = parse('fragment Version on Message { version }');

function append(
  window: StoredConnection,
  node: Reference,
  { seq, cursor }: MessagePartsFragment,
  seqOf: (message: Reference) => number | undefined,
): StoredConnection {
  if (window.pageInfo?.hasNextPage) return window; // it ends in the past: the message belongs to a page not yet read
  const newest = window.nodes?.at(-1) ?? window.edges?.at(-1)?.node;
  if (newest && (seqOf(newest) ?? 0) >= seq) return window;
  return {
    ...window,
    ...(window.nodes && { nodes: [...window.nodes, node] }),
    ...(window.edges && { edges: [...window.edges, { __typename: 'MessageEdge', cursor, node }] }),
    ...(window.pageInfo && {
      pageInfo: { ...window.pageInfo, startCursor: window.pageInfo.startCursor ?? cursor, endCursor: cursor },
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

/** The same messages are kept in two places: under Query.messages and under Room.messages. */
function eachWindow(
  cache: ApolloCache,
  roomId: string,
  change: (window: StoredConnection, seqOf: (message: Reference) => number | undefined) => StoredConnection,
): void {
  const keyOfQuery = `messages:${JSON.stringify({ roomId })}`;
  cache.modify<Record<string, StoredConnection>>({
    fields: {
      messages: (window, { storeFieldName, readField }) =>
        storeFieldName === keyOfQuery
          ? change(window as StoredConnection, (message) => readField<number>('seq', message))
          : window,
    },
  });
  cache.modify<Record<string, StoredConnection>>({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: {
      messages: (window, { readField }) =>
        change(window as StoredConnection, (message) => readField<number>('seq', message)),
    },
  });
}

function addMember(cache: ApolloCache, roomId: string, membership: MembershipPartsFragment): void {
  const node = write(cache, MembershipPartsFragmentDoc, 'MembershipParts', membership);
  if (!node) return;
  eachMemberList(cache, roomId, (list) => {
    if (list.nodes?.some(({ __ref }) => __ref === node.__ref)) return list;
    const counted = list.totalCount === undefined ? list : { ...list, totalCount: list.totalCount + 1 };
    if (list.pageInfo?.hasNextPage || !list.nodes) return counted;
    return { ...counted, nodes: [...list.nodes, node] };
  });
  if (membership.user.id === viewerId(cache)) setViewerMembership(cache, roomId, node);
}

function dropMember(cache: ApolloCache, roomId: string, membershipId: string, userId: string): void {
  const id = cache.identify({ __typename: 'Membership', id: membershipId });
  eachMemberList(cache, roomId, (list) => {
    const nodes = list.nodes?.filter(({ __ref }) => __ref !== id);
    const edges = list.edges?.filter(({ node }) => node.__ref !== id);
    const known = nodes?.length !== list.nodes?.length || edges?.length !== list.edges?.length;
    if (!known && !list.pageInfo?.hasNextPage) return list;
    const counted = list.totalCount === undefined ? list : { ...list, totalCount: list.totalCount - 1 };
    return { ...counted, ...(nodes && { nodes }), ...(edges && { edges }) };
  });
  if (userId === viewerId(cache)) setViewerMembership(cache, roomId, null);
}

function eachMemberList(
  cache: ApolloCache,
  roomId: string,
  change: (list: StoredConnection) => StoredConnection,
): void {
  cache.modify<Record<string, StoredConnection>>({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: { members: (list) => change(list as StoredConnection) },
  });
}

function setViewerMembership(cache: ApolloCache, roomId: string, membership: Reference | null): void {
  cache.modify({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: { viewerMembership: () => membership },
  });
}

function viewerId(cache: ApolloCache): string | undefined {
  const fragment = VIEWER_ID;
  return cache.readFragment<{ user: { id: string } }>({ id: cache.identify({ __typename: 'Viewer' }), fragment })?.user
    .id;
}

const VIEWER_ID = parse('fragment ViewerId on Viewer { user { id } }');

function write<TData extends object>(
  cache: ApolloCache,
  document: TypedDocument<TData, never>,
  fragmentName: string,
  data: TData,
): Reference | undefined {
  return cache.writeFragment({ fragment: documentNode(document), fragmentName, data: data as never });
}
