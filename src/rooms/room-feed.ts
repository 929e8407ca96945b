// The live tail of each room that somebody on this process listens to: woken by the bus, healed from the log.
// It never holds more than the newest events: a listener keeps a cursor, and reads the log when the tail has moved on.
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type BusSubscription, EventBus } from '../bus/event-bus.js';
import { Settings } from '../config/config.js';
import { log as logger, Rationed } from '../core/logging.js';
import { Metrics } from '../core/metrics.js';
import { type RoomEvent, roomChannel } from './room.events.js';
import { RoomLog } from './room-log.js';
import { type Page, SharedReads } from './shared-reads.js';

const RECENT = 256; // events kept per room; a listener further behind reads the log
const READ_AT_ONCE = 200; // events of one read of the log

/** What a listener holds of a room. */
export interface RoomTail {
  /** Seq of the newest event that has got here. */
  readonly head: number;
  /** The room as it is held on this process: the same object for all who listen to it now. */
  readonly room: object;
  /** The event with that seq; undefined when it is not in memory, and the log must be read. */
  at(seq: number): RoomEvent | undefined;
  /** Events of the log, as things are now: the same objects for all who ask for the same in this moment. */
  readAfter(seq: number, limit: number): Promise<Page>;
  /** Called whenever something has happened, until it is closed. */
  onNews: () => void;
  close(): void;
}

class Tail implements RoomTail {
  onNews: () => void = () => {};

  constructor(
    readonly room: LiveRoom,
    private readonly onClose: (tail: Tail) => void,
  ) {}

  get head(): number {
    return this.room.newest;
  }

  at(seq: number): RoomEvent | undefined {
    return this.room.at(seq);
  }

  readAfter(seq: number, limit: number): Promise<Page> {
    return this.room.past.after(seq, limit);
  }

  close(): void {
    this.onClose(this);
  }
}

class LiveRoom {
  readonly tails = new Set<Tail>();
  readonly past: SharedReads;
  opening!: Promise<void>;
  subscription!: BusSubscription;
  private head = -1; // unknown until it is opened
  private target = -1; // the highest seq that anyone has told of
  private recent: RoomEvent[] = []; // without a hole, up to the head
  private reading = false;

  constructor(
    private readonly roomId: string,
    private readonly log: RoomLog,
    private readonly complain: (error: unknown) => void,
  ) {
    this.past = new SharedReads((after, limit) => log.readAfter(roomId, after, limit));
  }

  open(head: number): void {
    this.head = head;
    this.reach(this.target); // hints that came while the head was read
  }

  get newest(): number {
    return this.head;
  }

  get isOpen(): boolean {
    return this.head >= 0;
  }

  /** A hint: taken as it came if it is exactly the next, else only as a sign that the log has more. */
  take(event: RoomEvent): void {
    if (!Number.isSafeInteger(event?.seq) || event.roomId !== this.roomId) return;
    if (this.isOpen && event.seq === this.head + 1) this.push([event]);
    else this.reach(event.seq);
  }

  /** Makes sure that everything up to that seq gets here. One read of the log in flight. */
  reach(seq: number): void {
    this.target = Math.max(this.target, seq);
    if (!this.isOpen || this.reading || this.target <= this.head) return;
    this.reading = true;
    this.catchUp()
      .catch(this.complain)
      .finally(() => {
        this.reading = false;
      });
  }

  at(seq: number): RoomEvent | undefined {
    return this.recent[this.recent.length - 1 - (this.head - seq)];
  }

  private async catchUp(): Promise<void> {
    while (this.target > this.head && this.tails.size > 0) {
      const asked = this.target;
      const events = await this.log.readAfter(this.roomId, this.head, READ_AT_ONCE);
      const fresh = events.filter((event) => event.seq > this.head); // the bus may have been faster
      this.push(fresh);
      // The log has no more, although somebody told of more — unless they told it while the log was read.
      if (events.length < READ_AT_ONCE && this.target === asked) this.target = this.head;
    }
  }

  private push(events: readonly RoomEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) {
      this.revise(event);
      this.recent.push(event);
      this.head = event.seq;
    }
    if (this.recent.length > RECENT) this.recent = this.recent.slice(-RECENT);
    for (const tail of this.tails) tail.onNews();
  }

  /** An edit or a deletion changes what a replay from memory may show of the earlier events. */
  private revise(later: RoomEvent): void {
    const kind = this.log.kind(later);
    if (!kind?.revise) return;
    this.past.clear();
    this.recent = this.recent.map((earlier) => kind.revise?.(earlier, later) ?? earlier);
  }
}

@Injectable()
export class RoomFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rooms = new Map<string, LiveRoom>();
  private readonly rationed = new Rationed();
  private ticking: NodeJS.Timeout | undefined;
  private asking = false;
  private stopHearing: (() => void) | undefined;

  constructor(
    private readonly log: RoomLog,
    private readonly bus: EventBus,
    private readonly settings: Settings,
    metrics: Metrics,
  ) {
    metrics.gauge('live_rooms', 'Rooms that somebody on this process listens to.', () => this.rooms.size);
  }

  onApplicationBootstrap(): void {
    this.ticking = setInterval(() => void this.heal(), this.settings.feedTick);
    this.stopHearing = this.bus.onReady(() => void this.heal());
  }

  onApplicationShutdown(): void {
    clearInterval(this.ticking);
    this.stopHearing?.();
  }

  /**
   * Joins the live tail of a room. When this resolves, the bus has confirmed (or is known to be away) and the head has
   * been read: whatever is committed from now on will come.
   */
  async join(roomId: string): Promise<RoomTail> {
    let room = this.rooms.get(roomId);
    if (!room) {
      room = new LiveRoom(roomId, this.log, (error) => this.complain(error));
      this.rooms.set(roomId, room);
      room.opening = this.open(roomId, room);
    }
    const joined = room;
    const tail = new Tail(joined, (closed) => {
      if (joined.tails.delete(closed) && joined.tails.size === 0) this.shut(roomId, joined);
    });
    joined.tails.add(tail);
    try {
      await joined.opening;
    } catch (error) {
      tail.close();
      throw error;
    }
    return tail;
  }

  private async open(roomId: string, room: LiveRoom): Promise<void> {
    room.subscription = this.bus.subscribe(roomChannel(roomId), (event) => room.take(event));
    await this.bus.confirmed([room.subscription]);
    room.open((await this.log.heads([roomId])).get(roomId) ?? 0);
  }

  private shut(roomId: string, room: LiveRoom): void {
    if (this.rooms.get(roomId) === room) this.rooms.delete(roomId);
    room.subscription.close();
  }

  /** Asks the log what the bus did not tell. Also what delivers the events of a process that died before it told them. */
  private async heal(): Promise<void> {
    if (this.asking || this.rooms.size === 0) return;
    this.asking = true;
    try {
      for (const [roomId, head] of await this.log.heads([...this.rooms.keys()])) this.rooms.get(roomId)?.reach(head);
    } catch (error) {
      this.complain(error);
    } finally {
      this.asking = false;
    }
  }

  private complain(error: unknown): void {
    this.rationed.line('read', (heldBack) =>
      logger.warn({ err: error, heldBack }, 'A feed could not read the log; the next tick tries again'),
    );
  }
}
