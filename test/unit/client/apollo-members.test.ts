// What a stream tells of people, folded into the cache of a page that shows them.
import { InMemoryCache } from '@apollo/client';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  documentNode,
  foldItem,
  possibleTypes,
  type RoomStreamItem,
  typePolicies,
} from '../../../src/client/apollo.js';
import { RoomBansDocument, type RoomBansQuery, UserDocument, type UserQuery } from '../../../src/client/index.js';
import { cursorOf, messageOf } from './scripted-server.js';

const ROOM = 'garden';
const ADA = messageOf(1).author;

let cache: InMemoryCache;
beforeEach(() => {
  cache = new InMemoryCache({ possibleTypes, typePolicies });
});

const tell = (item: object) => foldItem(cache, ROOM, { cursor: cursorOf(9), seq: 9, ...item } as RoomStreamItem);

describe('Apollo’s cache, told of people', () => {
  it('forgets the name of whoever has deleted their account, everywhere', () => {
    const query = { query: documentNode(UserDocument), variables: { username: 'ada' } };
    cache.writeQuery({ ...query, data: { user: ADA } as UserQuery });
    const nameless = { ...ADA, username: 'deleted:ada', displayName: 'Deleted user' };
    tell({ __typename: 'MemberLeft', user: nameless, membershipId: 'one', removed: false });
    expect(cache.readQuery(query)?.user?.displayName).toBe('Deleted user');
  });

  it.each(['MemberBanned', 'MemberUnbanned'])('lets the list of bans be asked for again after %s', (__typename) => {
    const query = { query: documentNode(RoomBansDocument), variables: { roomId: ROOM } };
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    const room = { __typename: 'Room', id: ROOM, bans: { nodes: [], pageInfo } };
    cache.writeQuery({ ...query, data: { room } as RoomBansQuery });
    expect(cache.readQuery(query)?.room?.bans.nodes).toEqual([]);
    tell({ __typename, user: ADA, endedMembershipId: null, until: null });
    expect(cache.readQuery(query)).toBeNull();
  });
});
