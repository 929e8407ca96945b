// What a stream tells of reactions, pins and threads, folded into the cache of a page that has read the room.
import { InMemoryCache } from '@apollo/client';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  documentNode,
  foldItem,
  possibleTypes,
  type RoomStreamItem,
  typePolicies,
} from '../../../src/client/apollo.js';
import {
  MessagesDocument,
  type MessagesQuery,
  PinnedMessagesDocument,
  ThreadDocument,
  ViewerDocument,
} from '../../../src/client/index.js';
import { cursorOf, messageOf } from './scripted-server.js';

const ROOM = 'garden';
const ADA = messageOf(1).author;
const BOB = { ...ADA, id: 'bob', username: 'bob', displayName: 'Bob' };
const PAGE_INFO = {
  __typename: 'PageInfo',
  hasNextPage: false,
  hasPreviousPage: false,
  startCursor: cursorOf(1),
  endCursor: cursorOf(2),
};
const group = (emoji: string, count: number, viewerReacted?: boolean) => ({
  __typename: 'ReactionGroup',
  emoji,
  count,
  ...(viewerReacted !== undefined && { viewerReacted }),
});
const pageOf = (nodes: object[]) => ({
  __typename: 'MessageConnection',
  nodes,
  pageInfo: PAGE_INFO,
  streamCursor: cursorOf(9),
});

let cache: InMemoryCache;
beforeEach(() => {
  cache = new InMemoryCache({ possibleTypes, typePolicies });
  cache.writeQuery({
    query: documentNode(ViewerDocument),
    data: { viewer: { __typename: 'Viewer', user: ADA } } as never,
  });
  const nodes = [messageOf(1, 'one', { reactions: [group('🍅', 2, true)] }), messageOf(2, 'two')];
  cache.writeQuery({
    query: documentNode(MessagesDocument),
    variables: { roomId: ROOM },
    data: { messages: pageOf(nodes) } as never,
  });
});

let seq = 9;
function happens(__typename: string, fields: object): void {
  seq += 1;
  const item = { __typename, seq, cursor: cursorOf(seq), roomId: ROOM, at: ADA.createdAt, actor: BOB, ...fields };
  foldItem(cache, ROOM, item as unknown as RoomStreamItem);
}
/** As a stream tells it: nothing that is somebody's own. */
const told = (n: number, more: object = {}) => {
  const { thread, parent, ...message } = messageOf(n, `message ${n}`, more);
  return { ...message, ...('parent' in more && { parent }) };
};

function seen(): MessagesQuery['messages']['nodes'] {
  // Whole, or the page would have to ask again.
  const read = cache.readQuery({ query: documentNode(MessagesDocument), variables: { roomId: ROOM } });
  if (!read) throw new Error('Something that the page shows is not in the cache');
  return read.messages.nodes;
}
const reactionsOf = (n: number) =>
  seen()[n - 1]?.reactions.map(({ emoji, count, viewerReacted }) => `${emoji}${count}${viewerReacted ? '*' : ''}`);

describe('a reaction of somebody else', () => {
  it('leaves one’s own as they are', () => {
    happens('ReactionAdded', { emoji: '🥕', message: told(1, { reactions: [group('🍅', 2), group('🥕', 1)] }) });
    expect(reactionsOf(1)).toEqual(['🍅2*', '🥕1']);
    happens('ReactionRemoved', { emoji: '🥕', message: told(1, { reactions: [group('🍅', 2)] }) });
    expect(reactionsOf(1)).toEqual(['🍅2*']);
  });
});

describe('a reaction of one’s own, in another browser', () => {
  it('is one’s own here too, and so is taking it back', () => {
    happens('ReactionAdded', { actor: ADA, emoji: '🥕', message: told(2, { reactions: [group('🥕', 3)] }) });
    expect(reactionsOf(2)).toEqual(['🥕3*']);
    happens('ReactionRemoved', { actor: ADA, emoji: '🥕', message: told(2, { reactions: [group('🥕', 2)] }) });
    expect(reactionsOf(2)).toEqual(['🥕2']);
  });
});

describe('a pin', () => {
  const pinned = () =>
    cache
      .readQuery({ query: documentNode(PinnedMessagesDocument), variables: { roomId: ROOM } })
      ?.room?.pinned.map(({ id }) => id);

  it('comes first, once, and goes with its message', () => {
    cache.writeQuery({
      query: documentNode(PinnedMessagesDocument),
      variables: { roomId: ROOM },
      data: { room: { __typename: 'Room', id: ROOM, pinned: [] } } as never,
    });
    const at = ADA.createdAt;
    for (const n of [1, 2, 2]) happens('MessagePinned', { message: told(n, { pinnedAt: at }) });
    expect(pinned()).toEqual(['m2', 'm1']);
    expect(seen().map(({ pinnedAt }) => pinnedAt)).toEqual([at, at]);
    happens('MessageUnpinned', { message: told(1) });
    happens('MessageDeleted', { message: told(2, { content: null, version: 2, deletedAt: at, parent: null }) });
    expect(pinned()).toEqual([]);
  });
});

describe('a reply', () => {
  const parent = (replyCount: number) => ({
    __typename: 'Message',
    id: 'm1',
    thread: { __typename: 'ThreadSummary', replyCount, lastReplyAt: ADA.createdAt },
  });
  const thread = () =>
    cache.readQuery({ query: documentNode(ThreadDocument), variables: { messageId: 'm1' } })?.message?.thread;

  it('is counted in the main line, and stands in its thread', () => {
    const first = { ...messageOf(1), thread: { ...messageOf(1).thread, replies: pageOf([]) } };
    cache.writeQuery({
      query: documentNode(ThreadDocument),
      variables: { messageId: 'm1' },
      data: { message: first } as never,
    });
    for (const n of [10, 10, 11]) {
      happens('MessageSent', { message: told(n, { parentId: 'm1', parent: parent(n - 9) }) });
    }
    expect(seen().map(({ id }) => id)).toEqual(['m1', 'm2']);
    expect(seen()[0]?.thread).toMatchObject({ replyCount: 2, lastReplyAt: ADA.createdAt });
    expect(thread()?.replies.nodes.map(({ id }) => id)).toEqual(['m10', 'm11']);
    happens('MessageDeleted', {
      message: told(10, { parentId: 'm1', content: null, version: 2, deletedAt: ADA.createdAt, parent: parent(1) }),
    });
    expect(thread()?.replyCount).toBe(1);
    expect(thread()?.replies.nodes[0]?.content).toBeNull();
  });

  it('of a thread that nobody has read is only counted', () => {
    happens('MessageSent', { message: told(10, { parentId: 'm1', parent: parent(1) }) });
    expect(seen()[0]?.thread?.replyCount).toBe(1);
    expect(seen()).toHaveLength(2);
  });
});

describe('a new message', () => {
  it('has all that the page shows, so that nothing has to be asked again', () => {
    happens('MessageSent', { message: told(10, { parent: null }) });
    expect(seen().at(-1)).toMatchObject({ id: 'm10', reactions: [], thread: { replyCount: 0 }, pinnedAt: null });
  });

  it('that comes again does not forget its thread', () => {
    happens('MessageSent', { message: told(10, { parent: null }) });
    const parent = { __typename: 'Message', id: 'm10', thread: { ...messageOf(1).thread, replyCount: 3 } };
    happens('MessageSent', { message: told(11, { parentId: 'm10', parent }) });
    happens('MessageSent', { message: told(10, { parent: null }) });
    expect(seen().at(-1)?.thread?.replyCount).toBe(3);
  });
});
