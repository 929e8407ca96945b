// A room as an async iterable: `for await (const item of listener)`, with a bounded queue for those who read slowly.
import type { ParleyError } from './errors.js';
import type { ListenEnd, RoomStreamItem, RoomStreamOptions, StreamReady } from './room-stream.contract.js';
import { RoomStream } from './room-stream.js';

// A reader this far behind is left at the server's side of the socket: its place is a cursor, so nothing is lost.
const MOST_WAITING = 1_000;

type Result = IteratorResult<RoomStreamItem, ListenEnd>;
type ListenerOptions = Omit<RoomStreamOptions, 'onItem' | 'onEnd'> & { signal?: AbortSignal | undefined };

/**
 * Every item of a room, once, in order, for as long as it may be read. The loop ends quietly when the room was archived,
 * access was lost or you stopped; it throws a ParleyError when the server refused or the session is over.
 */
export class RoomListener implements AsyncIterableIterator<RoomStreamItem, ListenEnd> {
  /** The first StreamReady: from here on nothing is missed. Rejects when listening ends before. */
  readonly ready: Promise<StreamReady>;
  /** Why listening is over, however it ended. Never rejects. */
  readonly ended: Promise<ListenEnd>;

  readonly #stream: RoomStream;
  readonly #queue: RoomStreamItem[] = [];
  readonly #waiting: PromiseWithResolvers<Result>[] = [];
  readonly #ready = Promise.withResolvers<StreamReady>();
  readonly #ended = Promise.withResolvers<ListenEnd>();
  #end: ListenEnd | undefined;
  #untold: ParleyError | undefined;

  constructor({ signal, ...options }: ListenerOptions) {
    this.ready = this.#ready.promise;
    this.ready.catch(() => {}); // those who only read the items hear of it from next()
    this.ended = this.#ended.promise;
    this.#stream = new RoomStream({
      ...options,
      onItem: (item) => this.#take(item),
      onEnd: (end) => this.#finish(end),
    });
    const stop = () => this.stop();
    signal?.addEventListener('abort', stop);
    this.ended.then(() => signal?.removeEventListener('abort', stop));
    if (signal?.aborted) this.stop();
    else this.#stream.open();
  }

  /** Right after the last item that was received: keep it, and listen `after` it another day. */
  get cursor(): string | undefined {
    return this.#stream.cursor;
  }

  /** Leaves the room's stream. What is already here can still be read. */
  stop(): void {
    this.#stream.stop();
  }

  async next(): Promise<Result> {
    const item = this.#queue.shift();
    if (item) {
      if (this.#queue.length === 0) this.#stream.resume();
      return { done: false, value: item };
    }
    if (this.#untold) {
      const error = this.#untold;
      this.#untold = undefined;
      throw error;
    }
    if (this.#end) return { done: true, value: this.#end };
    const turn = Promise.withResolvers<Result>();
    this.#waiting.push(turn);
    return turn.promise;
  }

  /** What `break` calls. */
  async return(): Promise<Result> {
    this.#queue.length = 0;
    this.stop();
    return { done: true, value: await this.ended };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #take(item: RoomStreamItem): void {
    if (item.__typename === 'StreamReady') this.#ready.resolve(item);
    const turn = this.#waiting.shift();
    if (turn) turn.resolve({ done: false, value: item });
    else this.#queue.push(item);
    if (this.#queue.length >= MOST_WAITING) this.#stream.hold();
  }

  #finish(end: ListenEnd): void {
    this.#end = end;
    this.#untold = end.error;
    const turn = this.#waiting.shift();
    if (turn && end.error) {
      this.#untold = undefined;
      turn.reject(end.error);
    } else {
      turn?.resolve({ done: true, value: end });
    }
    for (const other of this.#waiting.splice(0)) other.resolve({ done: true, value: end });
    this.#ready.reject(end.error ?? new Error(`Listening ended before it began: ${end.reason}`));
    this.#ended.resolve(end);
  }
}
