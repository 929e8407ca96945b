// The talk of one room: the newest page, older pages on demand, and everything that happens, from where the page ends.
import { useQuery } from '@apollo/client/react';
import { type Message, type MessageCard, MessagesDocument, type Room } from 'parley/client';
import { documentNode, type RoomStreamItem } from 'parley/client/apollo';
import { useCallback, useRef, useState } from 'react';
import { sentenceOf } from '../ui/complaint';
import { useStream } from './use-stream';

const PAGE = 50; // two screens: enough to read at once, small enough to come at once
const NOTHING: readonly MessageCard[] = [];

export interface Timeline {
  /** In the order in which they are shown. */
  readonly messages: readonly MessageCard[];
  readonly loading: boolean;
  readonly hasOlder: boolean;
  readonly problem: string | undefined;
  /** The server has closed this room's stream for good, and this is why. */
  readonly farewell: string | undefined;
  /** What others have just said, for those who listen to the page instead of seeing it. */
  readonly heard: readonly Message[];
  loadOlder(): Promise<void>;
}

export function useTimeline({ id: roomId, viewerMembership }: Room): Timeline {
  const { data, loading, error, fetchMore } = useQuery(documentNode(MessagesDocument), {
    variables: { roomId, last: PAGE },
    fetchPolicy: 'cache-and-network', // a room seen before shows at once; its newest page then joins or replaces it
    nextFetchPolicy: 'cache-first',
  });
  const page = data?.messages;
  const [olderProblem, setOlderProblem] = useState<string>();
  const isLoadingOlder = useRef(false);

  const before = page?.pageInfo.startCursor;
  const loadOlder = useCallback(async () => {
    if (isLoadingOlder.current || !before) return;
    isLoadingOlder.current = true;
    setOlderProblem(undefined);
    try {
      await fetchMore({ variables: { roomId, last: PAGE, before } });
    } catch (problem) {
      setOlderProblem(sentenceOf(problem));
    } finally {
      isLoadingOlder.current = false;
    }
  }, [fetchMore, roomId, before]);

  const [heard, setHeard] = useState<readonly Message[]>(NOTHING);
  const hear = useCallback((item: RoomStreamItem) => {
    if (item.__typename === 'MessageSent') setHeard((earlier) => [...earlier.slice(-4), item.message]);
  }, []);
  const farewell = useStream(roomId, page !== undefined && !loading, viewerMembership?.id, hear);

  return {
    messages: page?.nodes ?? NOTHING,
    loading: loading && !page,
    hasOlder: page?.pageInfo.hasPreviousPage ?? false,
    problem: olderProblem ?? (error && sentenceOf(error)),
    farewell,
    heard,
    loadOlder,
  };
}
