// The viewer's rooms, kept fresh: asked for again now and then, and whenever the page is looked at again.
import { useQuery } from '@apollo/client/react';
import { type Room, ViewerRoomsDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useCallback, useEffect, useMemo } from 'react';
import { sessionLost } from '../line';
import { useMe } from '../session/me';
import { sentenceOf } from '../ui/complaint';
import { beginSeeing } from './seen';

const MOST = 100; // the largest page that the server gives: more rooms than one keeps an eye on
const EVERY_MS = 15_000; // rooms that are not open may be this late; the open one is live

export interface Rooms {
  readonly rooms: readonly Room[];
  readonly loading: boolean;
  readonly problem: string | undefined;
  readonly more: boolean;
  refresh(): Promise<unknown>;
}

/** Where a stream of the viewer's own events would bring news of every room: it would take the place of the two clocks. */
export function useRooms(): Rooms {
  const me = useMe();
  const { data, loading, error, refetch } = useQuery(documentNode(ViewerRoomsDocument), {
    variables: { first: MOST },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    pollInterval: EVERY_MS,
    skipPollAttempt: () => document.hidden,
  });
  const page = data?.viewer?.rooms;
  const signedOut = data?.viewer === null; // an answer without errors, for signed-out is not an error there
  useEffect(() => {
    if (signedOut) sessionLost();
  }, [signedOut]);

  const rooms = useMemo(() => [...(page?.nodes ?? [])].sort(byLastActivity), [page]);
  useEffect(() => {
    if (page) beginSeeing(me.id, page.nodes);
  }, [page, me.id]);

  const refresh = useCallback(() => refetch().catch(() => {}), [refetch]); // what went wrong is told by `error`
  useEffect(() => {
    const look = () => {
      if (!document.hidden) void refresh();
    };
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
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
