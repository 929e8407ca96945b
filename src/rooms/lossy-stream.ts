// A stream that may skip: of each key only the newest item waits for its reader, so that a slow one costs little and
// never falls behind. It has no last item to say why it ends: an error does, as in a stream of messages.
import { forbidden, unauthenticated } from '../core/errors.js';
import type { EndableStream } from './pull-stream.js';
import { StreamEndReason } from './room.events.js';

const MOST_WAITING = 2_000; // items; more rooms or people than anybody looks at, and the oldest give way

const CLOSES_THE_SOCKET: ReadonlySet<StreamEndReason> = new Set([
  StreamEndReason.SLOW_CONSUMER,
  StreamEndReason.SERVER_DRAINING,
]);

export class LossyStream<Item> implements AsyncIterableIterator<Item>, EndableStream {
  readonly lag = 0;
  private readonly waiting = new Map<string, Item>();
  private reason: StreamEndReason | null = null;
  private told = false;
  private closed = false;
  private wake: () => void = () => {};
  private readonly drained = Promise.withResolvers<void>();

  constructor(private readonly onClose: () => void) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Takes the place of what waits under the same key. */
  push(key: string, item: Item): void {
    if (this.closed || this.reason !== null) return;
    this.waiting.delete(key); // the newest goes last
    this.waiting.set(key, item);
    if (this.waiting.size > MOST_WAITING) this.waiting.delete(this.waiting.keys().next().value ?? key);
    this.wake();
  }

  /** What waits under keys that begin with this is not to be told any more. */
  drop(prefix: string): void {
    for (const key of this.waiting.keys()) if (key.startsWith(prefix)) this.waiting.delete(key);
  }

  async next(): Promise<IteratorResult<Item>> {
    for (;;) {
      for (const [key, item] of this.waiting) {
        this.waiting.delete(key);
        return { value: item, done: false };
      }
      if (this.closed) return { value: undefined, done: true };
      if (this.reason === null || this.told) {
        await this.untilWoken();
        continue;
      }
      this.told = true;
      this.drained.resolve();
      // After the others the socket closes, and its code says whether to come back: no `complete` before it.
      if (!CLOSES_THE_SOCKET.has(this.reason)) this.tellWhy(this.reason);
    }
  }

  end(reason: StreamEndReason): Promise<void> {
    if (this.reason === null && !this.closed) {
      this.waiting.clear();
      this.reason = reason;
      this.wake();
    }
    return this.drained.promise;
  }

  async return(): Promise<IteratorResult<Item>> {
    this.close();
    return { value: undefined, done: true };
  }

  private tellWhy(reason: StreamEndReason): void {
    this.close(); // whoever iterates does not call `return` after an error
    if (reason === StreamEndReason.SESSION_ENDED) throw unauthenticated('The session has ended.');
    if (reason === StreamEndReason.ACCESS_REVOKED) throw forbidden('You may no longer read this room.');
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.waiting.clear();
    this.drained.resolve();
    this.onClose();
    this.wake();
  }

  private untilWoken(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    return promise;
  }
}
