// One person's stream of a room: StreamReady, what was missed, then what happens, until something ends it. A cursor that
// pulls, never a queue that is pushed to: however slow its reader, it holds one page at most.
import { encodeCursor } from '../core/cursor.js';
import { ChatError } from '../core/errors.js';
import {
  type MemberLeft,
  type RoomEvent,
  type RoomStreamItem,
  type RoomUpdated,
  type StreamEnded,
  StreamEndReason,
  type StreamReady,
  StreamStart,
} from './room.events.js';
import { RoomKind } from './room.model.js';
import type { RoomTail } from './room-feed.js';
import type { RoomLog } from './room-log.js';

// Events taken at once: few, for whoever does not take them holds them in our memory; many for one who takes them quickly.
const SMALL_PAGE = 8;
const LARGE_PAGE = 128;
const QUICKLY = 100; // ms for a page
const RETRY_AFTER = 1_000; // ms between reads of a log that does not answer
const RETRIES = 30; // reads; a database that is away for longer ends the stream with UNAVAILABLE, and the client resumes

/** After these the socket closes, and its code says whether to come back: a `complete` before it would say never. */
const CLOSES_THE_SOCKET: ReadonlySet<StreamEndReason> = new Set([
  StreamEndReason.SESSION_ENDED,
  StreamEndReason.SLOW_CONSUMER,
  StreamEndReason.SERVER_DRAINING,
]);

export interface StreamBeginning {
  readonly roomId: string;
  readonly roomKind: RoomKind;
  readonly archived: boolean;
  readonly viewerId: string;
  /** Where the room stood when the right to read was judged: a removal after it ends the stream. */
  readonly head: number;
  /** Resume after this seq; null begins at the head. */
  readonly after: number | null;
}

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

export class RoomStream implements AsyncIterableIterator<RoomStreamItem>, EndableStream {
  private page: RoomEvent[] = [];
  private taken = 0; // of the page
  private pageSize = SMALL_PAGE;
  private fetchedAt = 0;
  private cursor: number; // seq of the last event given away
  private ready: StreamReady | null;
  private ended: StreamEnded | null = null;
  private over = false; // nothing is read any more
  private completes = true;
  private wake: (() => void) | null = null;
  private failures = 0;
  private reading = false; // the log; whoever waits then is not the reader's fault
  private closed = false;
  private readonly drained = Promise.withResolvers<void>();

  constructor(
    private readonly beginning: StreamBeginning,
    private readonly tail: RoomTail,
    private readonly log: RoomLog,
    private readonly onClose: () => void = () => {},
  ) {
    const { roomId, head, after } = beginning;
    this.cursor = after ?? head;
    this.ready = {
      __typename: 'StreamReady',
      cursor: encodeCursor(roomId, this.cursor),
      start: after === null ? StreamStart.LIVE : StreamStart.RESUMED,
      replayed: head - this.cursor,
    };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get lag(): number {
    return this.over || this.reading ? 0 : Math.max(0, this.tail.head - this.cursor);
  }

  async next(): Promise<IteratorResult<RoomStreamItem>> {
    for (;;) {
      const item = this.takeOne();
      if (item) return { value: item, done: false };
      if (this.over) this.drained.resolve();
      if (this.over && this.completes) {
        this.close();
        return { value: undefined, done: true };
      }
      if (this.over) await this.untilWoken(() => () => {});
      else await this.fetch();
    }
  }

  end(reason: StreamEndReason, retryAfterMs?: number): Promise<void> {
    if (!this.over) {
      this.page = [];
      this.taken = 0;
      this.finish(reason, retryAfterMs);
      this.wake?.();
    }
    return this.drained.promise;
  }

  async return(): Promise<IteratorResult<RoomStreamItem>> {
    this.page = [];
    this.ready = null;
    this.ended = null;
    this.over = true;
    this.completes = true;
    this.close();
    this.drained.resolve();
    this.wake?.();
    return { value: undefined, done: true };
  }

  private takeOne(): RoomStreamItem | null {
    const { ready, ended } = this;
    if (ready) {
      this.ready = null;
      return ready;
    }
    const event = this.page[this.taken];
    if (event) {
      this.taken += 1;
      this.cursor = event.seq;
      if (this.isLast(event)) this.page = [];
      return event;
    }
    if (!ended) return null;
    this.ended = null;
    return { ...ended, cursor: encodeCursor(this.beginning.roomId, this.cursor) } as StreamEnded;
  }

  private async fetch(): Promise<void> {
    const { roomId, archived, head } = this.beginning;
    if (archived && this.cursor >= head) return this.finish(StreamEndReason.ROOM_ARCHIVED);
    const recent = this.tail.after(this.cursor);
    if (recent?.length === 0) return this.untilWoken((wake) => this.tail.whenPast(this.cursor, wake));
    const size = this.nextPageSize();
    const events = recent?.slice(0, size) ?? (await this.readLog(roomId, size));
    if (this.over) return; // ended while the log was read
    this.page = [...events];
    this.taken = 0;
  }

  private nextPageSize(): number {
    const now = performance.now();
    const quick = now - this.fetchedAt < QUICKLY;
    this.pageSize = quick ? Math.min(2 * this.pageSize, LARGE_PAGE) : SMALL_PAGE;
    this.fetchedAt = now;
    return this.pageSize;
  }

  private async readLog(roomId: string, size: number): Promise<RoomEvent[]> {
    this.reading = true;
    try {
      const events = await this.log.readAfter(roomId, this.cursor, size);
      this.failures = 0;
      return events;
    } catch (error) {
      this.failures += 1;
      if (this.failures > RETRIES || !(error instanceof ChatError)) {
        await this.return(); // whoever iterates does not call it after an error
        throw error;
      }
      await this.untilWoken((wake) => {
        const timer = setTimeout(wake, RETRY_AFTER);
        return () => clearTimeout(timer);
      });
      return [];
    } finally {
      this.reading = false;
    }
  }

  /** True when nothing may follow this event: it took the right to read away, or the room was archived with it. */
  private isLast(event: RoomEvent): boolean {
    const { viewerId, roomKind, head } = this.beginning;
    if (event.__typename === 'MemberLeft' && event.seq > head && roomKind !== RoomKind.PUBLIC) {
      if ((event as MemberLeft).user.id !== viewerId) return false;
      this.finish(StreamEndReason.ACCESS_REVOKED);
      return true;
    }
    if (event.__typename === 'RoomUpdated') {
      const { room } = event as RoomUpdated;
      // A replayed event shows the room as it is now: only the newest event of an archived room is the one that archived it.
      if (room.archivedAt === null || event.seq < room.headSeq) return false;
      this.finish(StreamEndReason.ROOM_ARCHIVED);
      return true;
    }
    return false;
  }

  private finish(reason: StreamEndReason, retryAfterMs?: number): void {
    this.over = true;
    this.completes = !CLOSES_THE_SOCKET.has(reason);
    this.ended = { __typename: 'StreamEnded', cursor: '', reason, retryAfterMs: retryAfterMs ?? null };
  }

  /** Waits for what is registered, or for the end of the stream. `register` tells how to stop waiting. */
  private async untilWoken(register: (wake: () => void) => () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = resolve;
    const forget = register(resolve);
    await promise;
    forget();
    this.wake = null;
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.tail.close();
    this.onClose();
  }
}
