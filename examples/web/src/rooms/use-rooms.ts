// The viewer's rooms, kept as they are on the server by the stream of what concerns the viewer.
import { useQuery } from '@apollo/client/react';
import { type Room, ViewerRoomsDocument } from 'parley/client';
import { documentNode, followRoomList } from 'parley/client/apollo';
import { useCallback, useEffect, useMemo } from 'react';
import { line, sessionLost } from '../line';
import { sentenceOf } from '../ui/complaint';

const MOST = 100; // the largest page that the server gives: more rooms than one keeps an eye on

export interface Rooms {
  readonly rooms: readonly Room[];
  readonly loading: boolean;
  readonly problem: string | undefined;
  readonly more: boolean;
  refresh(): Promise<unknown>;
}

export function useRooms(): Rooms {
  const { data, loading, error, refetch } = useQuery(documentNode(ViewerRoomsDocument), {
    variables: { first: MOST },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const page = data?.viewer?.rooms;
  const signedOut = data?.viewer === null; // an answer without errors, for signed-out is not an error there
  useEffect(() => {
    if (signedOut) sessionLost();
  }, [signedOut]);

  const rooms = useMemo(() => [...(page?.nodes ?? [])].sort(byLastActivity), [page]);
  const refresh = useCallback(() => refetch().catch(() => {}), [refetch]); // what went wrong is told by `error`
  useEffect(() => {
    const following = followRoomList(line.client, {
      // What happened before it listens, or while the line was down, no event tells.
      onEvent: (event) => event.__typename === 'ViewerReady' && void refresh(),
    });
    following.ended.then(({ reason }) => {
      if (reason === 'SESSION_ENDED' || reason === 'SESSION_EXPIRED') sessionLost();
    });
    return () => following.stop();
  }, [refresh]);

  return {
    rooms,
    loading: loading && !page,
    problem: error && sentenceOf(error),
    more: page?.pageInfo.hasNextPage ?? false,
    refresh,
  };
}

const lastActivity = (room: Room): number => Date.parse(room.lastMessage?.createdAt ?? room.createdAt);
const byLastActivity = (a: Room, b: Room): number => lastActivity(b) - lastActivity(a);
