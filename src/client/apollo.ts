// The SDK for Apollo Client 4, published as parley/client/apollo: cache policies, typed documents, and resuming streams.
import type { ApolloClient, ApolloLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { parse } from 'graphql';
import type { Client } from 'graphql-ws';
import { documentNode } from './apollo-document.js';
import { foldItem } from './apollo-fold.js';
import type { ParleyError } from './errors.js';
import { RoomEventsDocument } from './generated.js';
import type { Following } from './lossy-stream.js';
import type { ListenEnd, ListenState, RoomStreamItem } from './room-stream.contract.js';
import { RoomStream } from './room-stream.js';
import { tellState } from './socket.js';

export { documentNode } from './apollo-document.js';
export { addMessage, foldItem, trimMessages } from './apollo-fold.js';
export { FreshMessagesLink } from './apollo-fresh.js';
export { type FollowRoomListOptions, foldViewerEvent, followRoomList, type ViewerEvent } from './apollo-room-list.js';
export { type FollowSignalsOptions, followSignals, type RoomSignal } from './apollo-signals.js';
export { ParleyError } from './errors.js';
export { possibleTypes } from './generated.js';
export type { Following } from './lossy-stream.js';
export type { ListenEnd, ListenState, RoomStreamItem } from './room-stream.contract.js';
export { createSocket, type SocketOptions } from './socket.js';
export { typePolicies } from './type-policies.js';
export { Typing } from './typing.js';

/**
 * A GraphQLWsLink whose streams, when the socket comes back by itself, ask for what is new since then. With a plain
 * GraphQLWsLink they ask for all that is new since they began, and followRoom drops what it has seen.
 */
export class ResumingWsLink extends GraphQLWsLink {
  override request(operation: ApolloLink.Operation): ReturnType<GraphQLWsLink['request']> {
    const { streamVariables } = operation.getContext();
    if (streamVariables) operation.variables = streamVariables; // Apollo's copy has lost the getter
    return super.request(operation);
  }
}

export interface FollowOptions {
  roomId: string;
  /** Begin after this cursor; unless given, where the cached page of messages was read. */
  after?: string | null;
  /** The socket under the link, to tell in `onState` when it is lost and on its way back. */
  socket?: Client;
  /** Signs in again when the session has expired; without it, expiry is the end. */
  renew?: () => Promise<unknown>;
  /** Called after the item has been folded into the cache. */
  onItem?: (item: RoomStreamItem) => void;
  onState?: (state: ListenState, because?: ParleyError) => void;
}

/** Keeps the cache's view of a room as it is on the server, until `stop` or until the server has the last word. */
export function followRoom(client: ApolloClient, options: FollowOptions): Following {
  const { roomId, socket, renew, onItem, onState } = options;
  const { promise: ended, resolve } = Promise.withResolvers<ListenEnd>();
  const stream = new RoomStream({
    roomId,
    after: options.after ?? streamCursorOf(client, roomId),
    renew,
    onState,
    onEnd: resolve,
    onItem: (item) => {
      foldItem(client.cache, roomId, item);
      onItem?.(item);
    },
    subscribe: (variables, sink) => {
      const stopTelling = socket && tellState(socket, sink.state);
      const observed = client.subscribe({
        query: documentNode(RoomEventsDocument),
        variables: { ...variables },
        fetchPolicy: 'no-cache', // folded by version: a late event must not overwrite what a mutation has answered
        context: { streamVariables: variables, queryDeduplication: false },
      });
      const subscription = observed.subscribe({
        next: ({ data, error }) => (error ? sink.error(error) : data && sink.next(data.roomEvents)),
        error: sink.error,
        complete: sink.complete,
      });
      return () => {
        stopTelling?.();
        subscription.unsubscribe();
      };
    },
  });
  stream.open();
  return { ended, stop: () => stream.stop() };
}

type Cached = { messages?: { streamCursor?: string } } | null;

function streamCursorOf({ cache }: ApolloClient, roomId: string): string | undefined {
  const read = (id: string | undefined, fragment: typeof OF_QUERY) =>
    cache.readFragment<Cached>({ id, fragment, variables: { roomId } })?.messages?.streamCursor;
  return read('ROOT_QUERY', OF_QUERY) ?? read(cache.identify({ __typename: 'Room', id: roomId }), OF_ROOM);
}

const OF_QUERY = parse('fragment OfQuery on Query { messages(roomId: $roomId) { streamCursor } }');
const OF_ROOM = parse('fragment OfRoom on Room { messages { streamCursor } }');
