// The last metre of shared subscriptions. A subscriber is a place in the stream, a group and a socket, never a queue; all
// that is new for a socket since the last turn of the event loop leaves in one write; and many sockets are served in
// slices, so that whatever else the process has to do is done in between.
import type { PullStream } from '../rooms/pull-stream.js';
import { nextFrame, nextPrefix } from './frames.js';
import type { Group, Told } from './shared-subscriptions.js';

const SLICE = 5; // ms of one turn; a request that comes meanwhile waits no longer than this for its own
const LOOK_AT_CLOCK = 16; // lanes between two looks at the clock
const WRITE = 32_768; // bytes after which a write is full; what a reader who stalls holds of our memory

/** What a lane needs of its socket. */
export interface Wire {
  readonly isOpen: boolean;
  /** What was written before has not been taken yet. The lane is woken when it has. */
  readonly isBlocked: boolean;
  write(bytes: Buffer): void;
}

export class FanOut {
  private waiting: Lane[] = [];
  private running = false;

  constructor(private readonly clock: () => number = () => performance.now()) {}

  schedule(lane: Lane): void {
    this.waiting.push(lane);
    if (this.running) return;
    this.running = true;
    setImmediate(this.turn);
  }

  private readonly turn = (): void => {
    const until = this.clock() + SLICE;
    const lanes = this.waiting;
    this.waiting = []; // whoever comes while these are served
    let served = 0;
    for (const lane of lanes) {
      lane.serve();
      served += 1;
      if (served % LOOK_AT_CLOCK === 0 && this.clock() > until) break;
    }
    if (served < lanes.length) this.waiting = [...lanes.slice(served), ...this.waiting];
    this.running = this.waiting.length > 0;
    if (this.running) setImmediate(this.turn);
  };
}

/** All shared subscriptions of one socket. */
export class Lane {
  private readonly fresh = new Set<SharedSubscriber>();
  private scheduled = false;

  constructor(
    private readonly wire: Wire,
    private readonly fanOut: FanOut,
  ) {}

  /** There may be something new for this one. */
  wake(subscriber: SharedSubscriber): void {
    this.fresh.add(subscriber);
    this.schedule();
  }

  /** The socket takes again. */
  resume(): void {
    if (this.fresh.size > 0) this.schedule();
  }

  forget(subscriber: SharedSubscriber): void {
    this.fresh.delete(subscriber);
  }

  serve(): void {
    this.scheduled = false;
    if (!this.wire.isOpen || this.wire.isBlocked) return;
    const frames: Buffer[] = [];
    let bytes = 0;
    for (const subscriber of this.fresh) {
      this.fresh.delete(subscriber);
      while (bytes < WRITE) {
        const frame = subscriber.nextFrame();
        if (!frame) break;
        frames.push(frame);
        bytes += frame.length;
      }
      if (bytes >= WRITE) {
        this.wake(subscriber); // behind the others, and in a later turn
        break;
      }
    }
    const [first] = frames;
    if (first) this.wire.write(frames.length === 1 ? first : Buffer.concat(frames, bytes));
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.fanOut.schedule(this);
  }
}

/**
 * One subscription that shares its execution. To graphql-ws it is an iterator that says nothing and ends or fails when
 * the stream does; what it has to say goes straight to the socket, before that.
 */
export class SharedSubscriber implements AsyncIterableIterator<never> {
  private readonly prefix: Buffer;
  private readonly end = Promise.withResolvers<IteratorResult<never>>();
  private held: Told | null = null;
  private over = false;

  constructor(
    id: string,
    private readonly stream: PullStream<object>,
    private readonly group: Group,
    private readonly lane: Lane,
    private readonly onOver: () => void,
  ) {
    this.prefix = nextPrefix(id);
    this.end.promise.catch(() => {}); // it may fail before anybody waits for it, and is told to whoever does
    stream.onReady = () => this.wake();
    this.wake();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<never>> {
    return this.end.promise;
  }

  async return(): Promise<IteratorResult<never>> {
    this.finish();
    return { value: undefined, done: true };
  }

  /** The next of its frames; null when there is none now. Never throws. */
  nextFrame(): Buffer | null {
    if (this.over) return null;
    try {
      const told = this.held ?? this.take();
      if (!told) {
        if (this.stream.done) this.finish();
        return null;
      }
      this.held = null;
      if (told.body) return nextFrame(this.prefix, told.body);
      if (told.error !== null) throw told.error;
      this.held = told;
      told.whenKnown(() => this.wake());
    } catch (error) {
      this.end.reject(error);
      this.finish();
    }
    return null;
  }

  private take(): Told | null {
    const item = this.stream.take();
    return item && this.group.tell(item, this.stream.recent, this.stream.head);
  }

  private wake(): void {
    if (!this.over) this.lane.wake(this);
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    this.end.resolve({ value: undefined, done: true });
    this.lane.forget(this);
    this.stream.leave();
    this.onOver();
  }
}
