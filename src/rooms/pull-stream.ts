// What a stream is to whoever holds it: taken from while something is there, and ended with a reason.
import type { StreamEndReason } from './room.events.js';

/** What the gateway can do to a stream that it holds. */
export interface EndableStream {
  /** How many events have happened that its reader has not taken. None while it is us who are slow to read the log. */
  readonly lag: number;
  /**
   * Ends it with that reason as its last item. What was not yet given away is dropped: the client resumes. Resolves when
   * the reader has taken the last item and come back for more, or has gone.
   */
  end(reason: StreamEndReason, retryAfterMs?: number): Promise<void>;
}

/**
 * A stream that is taken from while something is there. Whoever takes is called when there may be more; as an async
 * iterator it does that for whoever likes to wait.
 */
export abstract class PullStream<Item> implements AsyncIterableIterator<Item>, EndableStream {
  /** Called when there may be something to take again. */
  onReady: () => void = () => {};

  abstract readonly lag: number;
  /** The room on this process: the same for all streams that are given the very same events. */
  abstract readonly room: object;
  /** Seq of the newest event of the room that has got here. */
  abstract readonly head: number;
  /** The item taken last is held in memory for everyone: whoever takes it from this room about now gets the same object. */
  abstract readonly recent: boolean;
  /** Nothing will ever come again. */
  abstract readonly done: boolean;

  /** The next item; null when there is none now. Throws what the stream fails with, and is done then. */
  abstract take(): Item | null;
  abstract end(reason: StreamEndReason, retryAfterMs?: number): Promise<void>;
  /** Its reader has gone. */
  abstract leave(): void;

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Item>> {
    for (;;) {
      const { promise: ready, resolve } = Promise.withResolvers<void>();
      this.onReady = resolve;
      const item = this.take();
      if (item !== null) return { value: item, done: false };
      if (this.done) return { value: undefined, done: true };
      await ready;
    }
  }

  async return(): Promise<IteratorResult<Item>> {
    this.leave();
    return { value: undefined, done: true };
  }
}
