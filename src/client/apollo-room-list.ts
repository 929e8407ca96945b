// Keeps Apollo's view of the list of rooms as it is on the server: what happened in them, which came and which went.
import type { ApolloCache, ApolloClient, Reference } from '@apollo/client';
import { parse } from 'graphql';
import { documentNode, writeParts } from './apollo-document.js';
import {
  type RoomCardFragment,
  RoomCardFragmentDoc,
  ViewerEventsDocument,
  type ViewerEventsSubscription,
} from './generated.js';
import { type Following, followLossy } from './lossy-stream.js';
import type { StoredConnection } from './message-window.js';

export type ViewerEvent = ViewerEventsSubscription['viewerEvents'];

export interface FollowRoomListOptions {
  /** Called after the event has been folded into the cache. At ViewerReady, also after a loss: load the list anew. */
  onEvent?: (event: ViewerEvent) => void;
  /** Signs in again when the session has expired; without it, expiry is the end. */
  renew?: () => Promise<unknown>;
}

export function followRoomList(client: ApolloClient, { onEvent, renew }: FollowRoomListOptions = {}): Following {
  return followLossy<ViewerEvent>({
    renew,
    onItem: (event) => {
      foldViewerEvent(client.cache, event);
      onEvent?.(event);
    },
    subscribe: (sink) => {
      const observed = client.subscribe({
        query: documentNode(ViewerEventsDocument),
        fetchPolicy: 'no-cache', // folded by headSeq: a room's own stream may be ahead of it
        context: { queryDeduplication: false },
      });
      const subscription = observed.subscribe({
        next: ({ data, error }) => (error ? sink.error(error) : data && sink.next(data.viewerEvents)),
        error: sink.error,
        complete: sink.complete,
      });
      return () => subscription.unsubscribe();
    },
  });
}

export function foldViewerEvent(cache: ApolloCache, event: ViewerEvent): void {
  if (event.__typename === 'RoomActivity' || event.__typename === 'RoomAdded') foldRoom(cache, event.room);
  if (event.__typename === 'RoomRemoved') {
    const gone = cache.identify({ __typename: 'Room', id: event.roomId });
    eachList(cache, (nodes) => nodes.filter(({ __ref }) => __ref !== gone));
  }
}

/** A room in which something has happened goes to the top; one that was only read in stays where it is. */
function foldRoom(cache: ApolloCache, room: RoomCardFragment): void {
  const id = cache.identify({ __typename: 'Room', id: room.id });
  const known = cache.readFragment<{ headSeq: number }>({ id, fragment: HEAD });
  if (known && known.headSeq > room.headSeq) return; // the next one is on its way
  const node = writeParts(cache, RoomCardFragmentDoc, 'RoomCard', room);
  if (!node) return;
  eachList(cache, (nodes) => {
    const others = nodes.filter(({ __ref }) => __ref !== node.__ref);
    const stays = known && known.headSeq === room.headSeq && others.length < nodes.length;
    return stays ? nodes : [node, ...others];
  });
}

const HEAD = parse('fragment Head on Room { headSeq }');

function eachList(cache: ApolloCache, change: (nodes: readonly Reference[]) => readonly Reference[]): void {
  cache.modify<Record<string, StoredConnection>>({
    id: cache.identify({ __typename: 'Viewer' }),
    fields: {
      rooms: (list) => {
        const { nodes } = list as StoredConnection;
        return nodes ? { ...(list as StoredConnection), nodes: [...change(nodes)] } : list;
      },
    },
  });
}
