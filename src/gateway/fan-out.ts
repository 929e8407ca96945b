// The last metre of shared subscriptions. A subscriber is a place in the stream, a group and a socket, never a queue; all
// that is new for a socket since the last turn of the event loop leaves in one write; and many sockets are served in
// slices, so that whatever else the process has to do is done in between.
import type { PullStream } from '../rooms/pull-stream.js';
import { nextPrefix } from './frames.js';
import { Outgoing, type Wire } from './outgoing.js';
import type { Group, Told } from './shared-subscriptions.js';

const SLICE = 5; // ms of one turn; a request that comes meanwhile waits no longer than this for its own
const LOOK_AT_CLOCK = 16; // lanes between two looks at the clock
const REST = 10; // ms at most between two rounds; what happens meanwhile leaves in one write
const TIMER_LEAST = 1; // ms; a timer takes no less
const WRITE = 32_768; // bytes after which a write is full

/**
 * Serves all lanes that have something new, round by round. After a round it rests for as long as that took, within a
 * bound: a few listeners never wait, and what is said quickly to thousands leaves them in fewer writes, for it is the
 * write that costs.
 */
export class FanOut {
  readonly outgoing = new Outgoing();
  private round: Lane[] = [];
  private served = 0; // of the round
  private worked = 0; // ms, for the round
  private waiting: Lane[] = []; // for the next one
  private running = false;
  private restUntil = 0;
  private behind = false; // a lane of this round has more than fits into one write

  constructor(private readonly clock: () => number = () => performance.now()) {}

  schedule(lane: Lane): void {
    this.waiting.push(lane);
    if (!this.running) this.begin();
  }

  /** As soon as the others have had their turn: this one does not rest, for it has more to write already. */
  scheduleAgain(lane: Lane): void {
    this.behind = true;
    this.waiting.push(lane);
  }

  private begin(): void {
    this.running = true;
    const rest = this.restUntil - this.clock();
    if (rest < TIMER_LEAST) setImmediate(this.turn);
    else setTimeout(this.turn, rest);
  }

  private readonly turn = (): void => {
    if (this.round.length === 0) [this.round, this.waiting] = [this.waiting, this.round];
    const from = this.clock();
    let now = from;
    while (this.served < this.round.length && now <= from + SLICE) {
      this.round[this.served]?.serve();
      this.served += 1;
      if (this.served % LOOK_AT_CLOCK === 0) now = this.clock();
    }
    now = this.clock();
    this.worked += now - from;
    if (this.served < this.round.length) setImmediate(this.turn);
    else this.finish(now);
  };

  private finish(now: number): void {
    this.restUntil = this.behind ? now : now + Math.min(this.worked, REST);
    this.behind = false;
    this.round.length = 0;
    this.served = 0;
    this.worked = 0;
    this.running = false;
    if (this.waiting.length > 0) this.begin();
  }
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
    const { outgoing } = this.fanOut;
    for (const subscriber of this.fresh) {
      this.fresh.delete(subscriber);
      while (outgoing.length < WRITE && subscriber.tellNext(outgoing));
      if (outgoing.length >= WRITE) {
        this.fresh.add(subscriber); // behind the others
        break;
      }
    }
    const full = outgoing.length >= WRITE;
    outgoing.leaveBy(this.wire);
    if (!full || this.wire.isBlocked) return; // a socket that is blocked tells when it takes again
    this.scheduled = true;
    this.fanOut.scheduleAgain(this);
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

  /** Adds the next of its frames. False when there is none now. Never throws. */
  tellNext(outgoing: Outgoing): boolean {
    if (this.over) return false;
    try {
      const told = this.held ?? this.take();
      if (!told) {
        if (this.stream.done) this.finish();
        return false;
      }
      this.held = null;
      if (told.body) {
        outgoing.add(this.prefix, told.body);
        return true;
      }
      if (told.error !== null) throw told.error;
      this.held = told;
      told.whenKnown(() => this.wake());
    } catch (error) {
      this.end.reject(error);
      this.finish();
    }
    return false;
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
