// The list of rooms in Apollo's cache, and typing that is told seldom.
import { InMemoryCache } from '@apollo/client';
import { describe, expect, it } from '@jest/globals';
import {
  documentNode,
  foldViewerEvent,
  possibleTypes,
  typePolicies,
  type ViewerEvent,
} from '../../../src/client/apollo.js';
import { ViewerRoomsDocument, type ViewerRoomsQuery } from '../../../src/client/index.js';
import { Typing } from '../../../src/client/typing.js';
import { messageOf } from './scripted-server.js';

const AT = '2026-11-01T00:00:00.000Z';

const roomOf = (id: string, headSeq: number, unreadCount = 0) => ({
  __typename: 'Room',
  id,
  kind: 'PRIVATE',
  name: id,
  topic: null,
  createdAt: AT,
  archivedAt: null,
  headSeq,
  lastMessage: { ...messageOf(headSeq), roomId: id, id: `${id} ${headSeq}` },
  viewerMembership: null,
  viewerReadState: { __typename: 'ReadState', lastReadSeq: 0, unreadCount, mentionCount: 0, notify: 'ALL' },
});
const event = (__typename: string, more: object) => ({ __typename, at: AT, ...more }) as ViewerEvent;

function cacheWith(...rooms: object[]): InMemoryCache {
  const cache = new InMemoryCache({ possibleTypes, typePolicies });
  const user = {
    __typename: 'User',
    id: 'u',
    username: 'ada',
    displayName: 'Ada',
    avatarUrl: null,
    bot: false,
    createdAt: AT,
  };
  const pageInfo = {
    __typename: 'PageInfo',
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
  };
  const list = { __typename: 'RoomConnection', nodes: rooms, pageInfo };
  const data = { viewer: { __typename: 'Viewer', user, rooms: list } } as unknown as ViewerRoomsQuery;
  cache.writeQuery({ query: documentNode(ViewerRoomsDocument), data });
  return cache;
}
const listed = (cache: InMemoryCache) =>
  cache
    .readQuery({ query: documentNode(ViewerRoomsDocument) })
    ?.viewer?.rooms.nodes.map(({ id, headSeq, viewerReadState }) => [id, headSeq, viewerReadState?.unreadCount]);

describe('the list of rooms', () => {
  it('has what happened last at its top, and what is new and what is gone', () => {
    const cache = cacheWith(roomOf('garden', 3), roomOf('shed', 2));
    foldViewerEvent(cache, event('ViewerReady', {}));
    foldViewerEvent(cache, event('RoomActivity', { room: roomOf('shed', 4, 1) }));
    expect(listed(cache)).toEqual([
      ['shed', 4, 1],
      ['garden', 3, 0],
    ]);
    foldViewerEvent(cache, event('RoomAdded', { room: roomOf('attic', 1) }));
    foldViewerEvent(cache, event('RoomRemoved', { roomId: 'garden' }));
    expect(listed(cache)).toEqual([
      ['attic', 1, 0],
      ['shed', 4, 1],
    ]);
  });

  it('leaves a room in its place that was only read in, and shows nothing older than it knows', () => {
    const cache = cacheWith(roomOf('garden', 3), roomOf('shed', 5, 2));
    foldViewerEvent(cache, event('RoomActivity', { room: roomOf('shed', 5, 0) }));
    foldViewerEvent(cache, event('RoomActivity', { room: roomOf('garden', 2, 9) }));
    expect(listed(cache)).toEqual([
      ['garden', 3, 0],
      ['shed', 5, 0],
    ]);
  });
});

describe('typing', () => {
  it('is told once in a while for each room, and anew after a message', async () => {
    const told: string[] = [];
    const typing = new Typing(async (roomId) => {
      told.push(roomId);
      throw new Error('lost');
    });
    for (let n = 0; n < 10; n += 1) typing.pressed('garden');
    typing.pressed('shed');
    typing.done('garden');
    typing.pressed('garden');
    expect(told).toEqual(['garden', 'shed', 'garden']);
  });
});
