// The replies to one message: read once, and then told by the stream of the room that is open around it.
import { useQuery } from '@apollo/client/react';
import { type Message, type MessageCard, ThreadDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useCallback, useEffect, useState } from 'react';
import { sentenceOf } from '../ui/complaint';

const PAGE = 50; // more than most threads ever have
const NOTHING: readonly MessageCard[] = [];

export interface Thread {
  /** What the thread is about; undefined while it is on its way, null where there is nothing to see. */
  readonly first: MessageCard | null | undefined;
  readonly replies: readonly MessageCard[];
  readonly hasOlder: boolean;
  readonly problem: string | undefined;
  loadOlder(): void;
}

/**
 * `heard` is what the room's stream has told lately: a reply that came while the page was on its way is asked for again.
 * With a `replyId`, pages are read until it is among them.
 */
export function useThread(messageId: string, heard: readonly Message[], replyId?: string): Thread {
  const { data, error, loading, fetchMore, refetch } = useQuery(documentNode(ThreadDocument), {
    variables: { messageId, last: PAGE },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const page = data?.message?.thread?.replies;
  const replies = page?.nodes ?? NOTHING;
  const missed = heard.some(({ id, parentId }) => parentId === messageId && !replies.some((reply) => reply.id === id));
  useEffect(() => {
    if (missed && !loading) refetch().catch(() => {}); // told by `error`
  }, [missed, loading, refetch]);

  const hasOlder = page?.pageInfo.hasPreviousPage ?? false;
  const before = page?.pageInfo.startCursor;
  const [notLoaded, setNotLoaded] = useState<string>();
  const loadOlder = useCallback(() => {
    setNotLoaded(undefined);
    fetchMore({ variables: { messageId, last: PAGE, before } }).catch((failure) => setNotLoaded(sentenceOf(failure)));
  }, [fetchMore, messageId, before]);
  const isFurtherBack = hasOlder && replyId !== undefined && !replies.some(({ id }) => id === replyId);
  useEffect(() => {
    if (isFurtherBack) loadOlder(); // once for each place that the page begins at
  }, [isFurtherBack, loadOlder]);

  return { first: data?.message, replies, hasOlder, problem: error ? sentenceOf(error) : notLoaded, loadOlder };
}
