// Everything of one client that listens, over its one socket: opened here, and stopped with it.
import type { Sink } from 'graphql-ws/client';
import type { Connection } from './connection.js';
import type { ParleyError } from './errors.js';
import * as api from './generated.js';
import { type Following, followLossy, type LossySink } from './lossy-stream.js';
import { RoomListener } from './room-listener.js';
import type { ListenState } from './room-stream.contract.js';
import { tellState } from './socket.js';

export interface ListenOptions {
  /** Begin right after this cursor (a page's `streamCursor`, any `cursor`); without it, from now on. */
  after?: string | null;
  signal?: AbortSignal;
  onState?: (state: ListenState, because?: ParleyError) => void;
}

export class Streams {
  readonly #connection: Connection;
  readonly #renew: (() => Promise<unknown>) | undefined;
  readonly #open = new Set<RoomListener | Following>();
  #renewing: Promise<unknown> | undefined;

  constructor(connection: Connection, renew: (() => Promise<unknown>) | undefined) {
    this.#connection = connection;
    this.#renew = renew && (() => this.#renewOnce(renew));
  }

  /** A room, without loss. */
  listen(roomId: string, { after, ...options }: ListenOptions): RoomListener {
    this.#connection.isClosed.throwIfAborted();
    const { socket } = this.#connection;
    return this.#keep(
      new RoomListener({
        ...options,
        roomId,
        after: after ?? undefined,
        renew: this.#renew,
        subscribe: (variables, sink) => {
          const stopTelling = tellState(socket, sink.state);
          const unsubscribe = socket.subscribe<api.RoomEventsSubscription>(
            { query: api.RoomEventsDocument, variables: variables as unknown as Record<string, unknown> },
            itemsOf((data) => data.roomEvents, sink),
          );
          return () => {
            stopTelling();
            unsubscribe();
          };
        },
      }),
    );
  }

  /** A stream that may skip. */
  follow<Data, Variables, Item>(
    query: api.TypedDocument<Data, Variables>,
    variables: NoInfer<Variables>,
    itemOf: (data: Data) => Item,
    onItem: (item: Item) => void,
  ): Following {
    this.#connection.isClosed.throwIfAborted();
    const { socket } = this.#connection;
    const payload = { query, variables: variables as Record<string, unknown> };
    const subscribe = (sink: LossySink<Item>) => socket.subscribe<Data>(payload, itemsOf(itemOf, sink));
    return this.#keep(followLossy<Item>({ onItem, renew: this.#renew, subscribe }));
  }

  stop(): void {
    for (const each of [...this.#open]) each.stop();
  }

  #keep<Stream extends RoomListener | Following>(stream: Stream): Stream {
    this.#open.add(stream);
    stream.ended.then(() => this.#open.delete(stream));
    return stream;
  }

  /** Many streams expire together, and sign in once. */
  #renewOnce(renew: () => Promise<unknown>): Promise<unknown> {
    this.#renewing ??= Promise.resolve(renew()).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }
}

/** A subscription's results as the items in them. */
function itemsOf<Data, Item>(
  itemOf: (data: Data) => Item,
  sink: LossySink<Item>,
): Sink<{ data?: Data | null; errors?: unknown }> {
  return {
    next: ({ data, errors }) => (data ? sink.next(itemOf(data)) : sink.error(errors)),
    error: sink.error,
    complete: sink.complete,
  };
}
