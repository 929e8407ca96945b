// Folds who comes and goes into Apollo's cache: the list of a room's members, its count, and the viewer's own membership.
import type { ApolloCache, Reference } from '@apollo/client';
import { parse } from 'graphql';
import { writeParts } from './apollo-document.js';
import { type MembershipPartsFragment, MembershipPartsFragmentDoc } from './generated.js';
import type { StoredConnection } from './message-window.js';

/** Someone has come: into the list of members, and into their own view of the room. */
export function addMember(cache: ApolloCache, roomId: string, membership: MembershipPartsFragment): void {
  const node = writeParts(cache, MembershipPartsFragmentDoc, 'MembershipParts', membership);
  if (!node) return;
  eachWholeList(cache, roomId, (list) =>
    list.nodes?.some(({ __ref }) => __ref === node.__ref)
      ? list
      : { ...list, ...counted(list, 1), nodes: [...(list.nodes ?? []), node] },
  );
  if (membership.user.id === viewerId(cache)) setViewerMembership(cache, roomId, node);
}

/** Someone has gone, of their own will or not. */
export function dropMember(cache: ApolloCache, roomId: string, membershipId: string, userId: string): void {
  const id = cache.identify({ __typename: 'Membership', id: membershipId });
  eachWholeList(cache, roomId, (list) => {
    const nodes = list.nodes?.filter(({ __ref }) => __ref !== id) ?? [];
    return nodes.length === list.nodes?.length ? list : { ...list, ...counted(list, -1), nodes };
  });
  if (userId === viewerId(cache)) setViewerMembership(cache, roomId, null);
}

/** Somebody was banned or let in again. Streams tell no reasons: whoever shows the list of bans asks for it again. */
export function forgetBans(cache: ApolloCache, roomId: string): void {
  cache.evict({ id: cache.identify({ __typename: 'Room', id: roomId }), fieldName: 'bans' });
}

/** A list that was read in part cannot tell whom it has counted: it waits until it is read again. */
function eachWholeList(cache: ApolloCache, roomId: string, change: (list: StoredConnection) => StoredConnection): void {
  const isWhole = ({ nodes, pageInfo }: StoredConnection) =>
    nodes && !pageInfo?.hasNextPage && !pageInfo?.hasPreviousPage;
  cache.modify<Record<string, StoredConnection>>({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: {
      members: (list) => (isWhole(list as StoredConnection) ? change(list as StoredConnection) : list),
    },
  });
}

function counted({ totalCount }: StoredConnection, more: number): StoredConnection {
  return totalCount === undefined ? {} : { totalCount: totalCount + more };
}

function setViewerMembership(cache: ApolloCache, roomId: string, membership: Reference | null): void {
  cache.modify({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: { viewerMembership: () => membership },
  });
}

export function viewerId(cache: ApolloCache): string | undefined {
  const fragment = VIEWER_ID;
  return cache.readFragment<{ user: { id: string } }>({ id: cache.identify({ __typename: 'Viewer' }), fragment })?.user
    .id;
}

const VIEWER_ID = parse('fragment ViewerId on Viewer { user { id } }');
