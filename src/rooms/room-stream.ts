// One person's stream of a room: StreamReady, what was missed, then what happens, until something ends it. A cursor that
// pulls, never a queue that is pushed to: however slow its reader, it holds one page at most.
import { encodeCursor } from '../core/cursor.js';
import { ChatError } from '../core/errors.js';
import type { MemberBanned } from './ban.events.js';
import { PullStream } from './pull-stream.js';
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
import type { Page } from './shared-reads.js';

// Events taken at once: few, for whoever does not take them holds them in our memory; many for one who takes them quickly.
const SMALL_PAGE = 8;
const LARGE_PAGE = 128;
const PAGE_BYTES = 262_144; // about; a hundred readers of long messages may all be on their way at once
const QUICKLY = 100; // ms for a page
const LONG_READ = 1_000; // ms
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

export class RoomStream extends PullStream<RoomStreamItem> {
  override recent = false;
  private page: Page = []; // of the log
  private taken = 0; // of the page
  private pageSize = SMALL_PAGE;
  private eventBytes = 1; // about, of an event of the last page
  private fetchedAt = 0;
  private cursor: number; // seq of the last event given away
  private ready: StreamReady | null;
  private ended: StreamEnded | null = null;
  private over = false; // nothing is read any more
  private completes = true;
  private failures = 0;
  private failure: unknown = null;
  private reading = false; // the log; if that takes long, it is not the reader's fault
  private retrying: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly drained = Promise.withResolvers<void>();

  constructor(
    private readonly beginning: StreamBeginning,
    private readonly tail: RoomTail,
    private readonly onClose: () => void = () => {},
  ) {
    super();
    const { roomId, head, after } = beginning;
    this.cursor = after ?? head;
    this.ready = {
      __typename: 'StreamReady',
      cursor: encodeCursor(roomId, this.cursor),
      start: after === null ? StreamStart.LIVE : StreamStart.RESUMED,
      replayed: head - this.cursor,
    };
    tail.onNews = () => this.onReady();
  }

  override get room(): object {
    return this.tail.room;
  }

  override get head(): number {
    return this.tail.head;
  }

  override get lag(): number {
    const waits = this.reading && performance.now() - this.fetchedAt > LONG_READ;
    return this.over || waits ? 0 : Math.max(0, this.tail.head - this.cursor);
  }

  override get done(): boolean {
    return this.closed;
  }

  override take(): RoomStreamItem | null {
    this.recent = false;
    const { ready } = this;
    if (ready) {
      this.ready = null;
      return ready;
    }
    const event = this.over ? null : this.upcoming();
    if (event) {
      this.cursor = event.seq;
      this.endAt(event);
      return event;
    }
    const { ended } = this;
    if (ended) {
      this.ended = null;
      return { ...ended, cursor: encodeCursor(this.beginning.roomId, this.cursor) } as StreamEnded;
    }
    if (this.over) this.drained.resolve();
    if (this.over && this.completes) this.close();
    return null;
  }

  override end(reason: StreamEndReason, retryAfterMs?: number): Promise<void> {
    if (!this.over) {
      this.finish(reason, retryAfterMs);
      this.onReady();
    }
    return this.drained.promise;
  }

  override leave(): void {
    this.ready = null;
    this.ended = null;
    this.over = true;
    this.close();
    this.drained.resolve();
    this.onReady();
  }

  /** The next event, from memory while it is recent. Null: it is being read, or has not happened. */
  private upcoming(): RoomEvent | null {
    if (this.failure !== null) {
      this.leave();
      throw this.failure;
    }
    const read = this.page[this.taken];
    if (read) {
      this.taken += 1;
      this.recent = true;
      if (this.taken === this.page.length) this.page = []; // it is not held for as long as the stream is open
      return read;
    }
    const { archived, head } = this.beginning;
    if (archived && this.cursor >= head) this.finish(StreamEndReason.ROOM_ARCHIVED);
    else if (this.cursor < this.tail.head) {
      const event = this.tail.at(this.cursor + 1);
      this.recent = event !== undefined;
      if (event) return event;
      void this.readLog();
    }
    return null;
  }

  /** One read in flight. Nothing is thrown here: what fails is kept for whoever takes. */
  private async readLog(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      const page = await this.tail.readAfter(this.cursor, this.nextPageSize());
      this.eventBytes = page.reduce((sum, event) => sum + bytesOf(event), 1) / Math.max(1, page.length);
      this.page = page;
      this.taken = 0;
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (this.failures > RETRIES || !(error instanceof ChatError)) this.failure = error;
    }
    if (this.closed) return;
    if (this.failures > 0 && this.failure === null) this.retrying = setTimeout(() => this.goOn(), RETRY_AFTER);
    else this.goOn();
  }

  private goOn(): void {
    this.reading = false;
    this.onReady();
  }

  private nextPageSize(): number {
    const now = performance.now();
    const quick = now - this.fetchedAt < QUICKLY;
    this.pageSize = quick ? Math.min(2 * this.pageSize, LARGE_PAGE) : SMALL_PAGE;
    this.fetchedAt = now;
    const size = Math.max(1, Math.min(this.pageSize, Math.floor(PAGE_BYTES / this.eventBytes)));
    const behind = this.tail.head - this.cursor;
    // Pages end where those of others do, wherever they began: so they are read once for all.
    return behind <= size ? behind : size - (this.cursor % size);
  }

  /** Nothing may follow an event that took the right to read away, or that archived the room. */
  private endAt(event: RoomEvent): void {
    const { viewerId, roomKind, head } = this.beginning;
    if (event.__typename === 'MemberLeft' && event.seq > head && roomKind !== RoomKind.PUBLIC) {
      if ((event as MemberLeft).user.id === viewerId) this.finish(StreamEndReason.ACCESS_REVOKED);
    } else if (event.__typename === 'MemberBanned' && event.seq > head) {
      if ((event as MemberBanned).user.id === viewerId) this.finish(StreamEndReason.ACCESS_REVOKED);
    } else if (event.__typename === 'RoomUpdated') {
      const { room } = event as RoomUpdated;
      // A replayed event shows the room as it is now: only the newest event of an archived room is the one that archived it.
      if (room.archivedAt !== null && event.seq >= room.headSeq) this.finish(StreamEndReason.ROOM_ARCHIVED);
    }
  }

  private finish(reason: StreamEndReason, retryAfterMs?: number): void {
    this.over = true;
    this.page = [];
    this.completes = !CLOSES_THE_SOCKET.has(reason);
    this.ended = { __typename: 'StreamEnded', cursor: '', reason, retryAfterMs: retryAfterMs ?? null };
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.page = [];
    clearTimeout(this.retrying);
    this.tail.close();
    this.onClose();
  }
}

/** About how much memory an event takes: its texts, and those of what it is about. */
function bytesOf(value: object, depth = 2): number {
  let bytes = 0;
  for (const field of Object.values(value)) {
    if (typeof field === 'string') bytes += field.length;
    else if (typeof field === 'object' && field !== null && depth > 1) bytes += bytesOf(field, depth - 1);
  }
  return bytes;
}
