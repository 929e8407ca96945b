// Folds threads into Apollo's cache: how long they are, and the replies of those that have been read.
import type { ApolloCache } from '@apollo/client';
import { parse } from 'graphql';
import { writeParts } from './apollo-document.js';
import { type MessagePartsFragment, type ThreadPartsFragment, ThreadPartsFragmentDoc } from './generated.js';
import type { SeqOf, StoredConnection } from './message-window.js';

/** The summary of a thread as the cache stores it. */
interface StoredThread {
  replies?: StoredConnection;
}

/** What a reply tells of its thread. */
export function writeThread(cache: ApolloCache, parent: ThreadPartsFragment): void {
  writeParts(cache, ThreadPartsFragmentDoc, 'ThreadParts', parent);
}

/** A message that nobody has replied to, as far as is known: so that whoever shows its thread need not ask. */
export function beginThread(cache: ApolloCache, { id: messageId, parentId }: MessagePartsFragment): void {
  const id = cache.identify({ __typename: 'Message', id: messageId });
  if (cache.readFragment({ id, fragment: THREAD }) !== null) return;
  const thread = parentId === null ? { __typename: 'ThreadSummary', replyCount: 0, lastReplyAt: null } : null;
  cache.writeFragment({
    id,
    fragment: THREAD,
    data: { __typename: 'Message', thread },
  });
}

/** Puts a reply where it belongs, if somebody has read that thread. */
export function placeReply(
  cache: ApolloCache,
  parentId: string,
  change: (window: StoredConnection, seqOf: SeqOf) => StoredConnection,
): void {
  cache.modify<Record<string, StoredThread | null>>({
    id: cache.identify({ __typename: 'Message', id: parentId }),
    fields: {
      thread: (stored, { readField }) => {
        const thread = stored as StoredThread | null;
        if (!thread?.replies) return thread;
        return { ...thread, replies: change(thread.replies, (message) => readField<number>('seq', message)) };
      },
    },
  });
}

const THREAD = parse('fragment Thread on Message { thread { replyCount lastReplyAt } }');
