// Follows the signals of a room through Apollo Client. They are told and not cached: most are over before one could ask.
import type { ApolloClient } from '@apollo/client';
import { documentNode } from './apollo-document.js';
import { RoomSignalsDocument, type RoomSignalsSubscription } from './generated.js';
import { type Following, followLossy } from './lossy-stream.js';

export type RoomSignal = RoomSignalsSubscription['roomSignals'];

export interface FollowSignalsOptions {
  roomId: string;
  onSignal: (signal: RoomSignal) => void;
  /** Signs in again when the session has expired; without it, expiry is the end. */
  renew?: () => Promise<unknown>;
}

/** Lossy, for as long as the room may be read. */
export function followSignals(client: ApolloClient, { roomId, onSignal, renew }: FollowSignalsOptions): Following {
  return followLossy<RoomSignal>({
    renew,
    onItem: onSignal,
    subscribe: (sink) => {
      const observed = client.subscribe({
        query: documentNode(RoomSignalsDocument),
        variables: { roomId },
        fetchPolicy: 'no-cache',
        context: { queryDeduplication: false },
      });
      const subscription = observed.subscribe({
        next: ({ data, error }) => (error ? sink.error(error) : data && sink.next(data.roomSignals)),
        error: sink.error,
        complete: sink.complete,
      });
      return () => subscription.unsubscribe();
    },
  });
}
