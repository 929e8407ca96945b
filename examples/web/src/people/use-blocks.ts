// Whom one has blocked, and how to change that. Nobody but oneself is told.
import { useMutation, useQuery } from '@apollo/client/react';
import { BlockUserDocument, UnblockUserDocument, type User, ViewerBlockedUsersDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { sentenceOf } from '../ui/complaint';

export interface Blocks {
  /** The last one first; undefined while they are on their way. */
  readonly people: readonly User[] | undefined;
  readonly busy: boolean;
  readonly problem: string | undefined;
  block(user: User): void;
  unblock(user: User): void;
}

export function useBlocks(): Blocks {
  const { data, error } = useQuery(documentNode(ViewerBlockedUsersDocument), {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  // Both answer with the whole list, which the cache then shows everywhere.
  const [block, blocking] = useMutation(documentNode(BlockUserDocument));
  const [unblock, unblocking] = useMutation(documentNode(UnblockUserDocument));
  const problem = error ?? blocking.error ?? unblocking.error;
  return {
    people: data?.viewer?.blockedUsers,
    busy: blocking.loading || unblocking.loading,
    problem: problem && sentenceOf(problem),
    block: ({ id }) => void block({ variables: { userId: id } }).catch(() => {}), // told by `problem`
    unblock: ({ id }) => void unblock({ variables: { userId: id } }).catch(() => {}),
  };
}
