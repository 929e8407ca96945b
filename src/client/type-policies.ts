// What Apollo's cache has to know about this API: who is a singleton, and how pages join.
import type { FieldMergeFunction, TypePolicies } from '@apollo/client';
import { mergeReactions } from './apollo-marks.js';
import { mergeMessages, type StoredConnection, type StoredEdge } from './message-window.js';

/** Rooms and members have no seq: a page continues the list from one of its ends, or begins it anew. */
const mergePages: FieldMergeFunction<StoredConnection, StoredConnection> = (existing, incoming, { args }) => {
  const { startCursor, endCursor } = existing?.pageInfo ?? {};
  if (existing && args?.after && args.after === endCursor) return join(existing, incoming, incoming);
  if (existing && args?.before && args.before === startCursor) return join(incoming, existing, incoming);
  return incoming;
};

function join(head: StoredConnection, tail: StoredConnection, newest: StoredConnection): StoredConnection {
  return {
    ...head,
    ...newest,
    ...(newest.nodes && { nodes: once([...(head.nodes ?? []), ...(tail.nodes ?? [])], (node) => node.__ref) }),
    ...(newest.edges && { edges: once([...(head.edges ?? []), ...(tail.edges ?? [])], refOf) }),
    pageInfo: {
      ...newest.pageInfo,
      startCursor: head.pageInfo?.startCursor ?? tail.pageInfo?.startCursor,
      hasPreviousPage: head.pageInfo?.hasPreviousPage,
      endCursor: tail.pageInfo?.endCursor ?? head.pageInfo?.endCursor,
      hasNextPage: tail.pageInfo?.hasNextPage,
    },
  };
}

const refOf = ({ node }: StoredEdge) => node.__ref;

/** A room that moved up between two pages is in both of them. */
function once<T>(entries: T[], keyOf: (entry: T) => string): T[] {
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}

export const typePolicies: TypePolicies = {
  Query: {
    fields: {
      messages: { keyArgs: ['roomId'], merge: mergeMessages },
      rooms: { keyArgs: ['search'], merge: mergePages },
      searchMessages: { keyArgs: ['input'], merge: mergePages },
    },
  },
  Viewer: {
    keyFields: [], // whoever asks: there is one
    fields: {
      rooms: { keyArgs: false, merge: mergePages },
      sessions: { merge: false },
      accessKeys: { merge: false },
      blockedUsers: { merge: false },
    },
  },
  Room: {
    fields: {
      messages: { keyArgs: false, merge: mergeMessages },
      members: { keyArgs: false, merge: mergePages },
      bans: { keyArgs: false, merge: mergePages },
      pinned: { merge: false },
      viewerReadState: { merge: true },
    },
  },
  Message: { fields: { reactions: { merge: mergeReactions } } },
  ThreadSummary: {
    merge: true, // it has no id, and one of its fields may be read without the others
    fields: { replies: { keyArgs: false, merge: mergeMessages } },
  },
};
