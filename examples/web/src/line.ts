// The line to the server: one Apollo Client, HTTP for questions, one resuming socket for streams, and how they fare.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { SetTypingDocument } from 'parley/client';
import {
  createSocket,
  documentNode,
  FreshMessagesLink,
  ParleyError,
  possibleTypes,
  ResumingWsLink,
  Typing,
  typePolicies,
} from 'parley/client/apollo';
import { useSyncExternalStore } from 'react';

/** idle: no stream is wanted now. The others are the stream's own words. */
export type LineState = 'idle' | 'connecting' | 'live' | 'waiting';

const SIGNING_IN = new Set(['SignIn', 'SignUp', 'SignOut']); // there UNAUTHENTICATED is an answer, not a loss

const socketUrl = new URL('/graphql', location.href);
socketUrl.protocol = socketUrl.protocol.replace('http', 'ws');
const socket = createSocket({ url: socketUrl.href });

const watchSession = new ErrorLink(({ error, operation }) => {
  if (SIGNING_IN.has(operation.operationName ?? '')) return;
  if (ParleyError.of(error).code === 'UNAUTHENTICATED') sessionLost();
});

const cache = new InMemoryCache({ possibleTypes, typePolicies });
// A room that the list has brought opens at once, without asking for it again first.
cache.policies.addTypePolicies({
  Query: { fields: { room: (_, { args, toReference }) => toReference({ __typename: 'Room', id: args?.id }) } },
});

const client = new ApolloClient({
  link: watchSession.concat(
    ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new ResumingWsLink(socket),
      new FreshMessagesLink().concat(new HttpLink({ uri: '/graphql', credentials: 'same-origin' })),
    ),
  ),
  cache,
  devtools: { enabled: false },
});

const typing = new Typing((roomId) =>
  client.mutate({ mutation: documentNode(SetTypingDocument), variables: { roomId }, fetchPolicy: 'no-cache' }),
);

export const line = { client, socket, typing };

// ── The session ──────────────────────────────────────────────────────────────────────────────────────────────────────

const losers = new Set<(reason: string) => void>();

/** Called when the server no longer knows who one is. Answers with the way to stop. */
export function onSessionLost(tell: (reason: string) => void): () => void {
  losers.add(tell);
  return () => losers.delete(tell);
}

export function sessionLost(): void {
  for (const tell of losers) tell('Your session has ended. Sign in again to go on.');
}

// ── The state ────────────────────────────────────────────────────────────────────────────────────────────────────────

const watchers = new Set<() => void>();
let state: LineState = 'idle';

export function setLineState(next: LineState): void {
  state = next;
  for (const changed of watchers) changed();
}

export function useLineState(): LineState {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => state,
  );
}
