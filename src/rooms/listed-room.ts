// A room in the lists of people on this process: whom something of it is to be told, and when the time for that has come.
import type { BusSubscription } from '../bus/event-bus.js';
import type { ListReader } from './list-reader.js';

const APART = 1_000; // ms between two tellings of one room
const PER_READER = 2; // ms; a room with very many readers is told of less often: 500 times a second, all of them together

export class ListedRoom {
  readonly readers = new Set<ListReader>();
  hearing!: BusSubscription;
  private forAll = false;
  private readonly forSome = new Set<ListReader>();
  private toldAt = Number.NEGATIVE_INFINITY;
  private toldAllAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly id: string,
    /** Seq of the newest event that anyone has told of. */
    public head: number,
    private readonly onRipe: (room: ListedRoom) => void,
  ) {}

  /** Something has happened that all its readers are to know. */
  touch(seq: number): void {
    this.head = Math.max(this.head, seq);
    this.forAll = true;
    this.schedule();
  }

  /** Something has happened that concerns this reader alone. */
  touchFor(reader: ListReader): void {
    this.forSome.add(reader);
    this.schedule();
  }

  /** Whom to tell now; the rest waits for its own time. */
  takeAudience(now = performance.now()): ListReader[] {
    clearTimeout(this.timer);
    const audience = new Set(this.forSome);
    this.forSome.clear();
    if (this.forAll && now >= this.allDueAt) {
      for (const reader of this.readers) audience.add(reader);
      this.forAll = false;
      this.toldAllAt = now;
    }
    this.toldAt = now;
    if (this.forAll) this.schedule();
    return [...audience].filter((reader) => this.readers.has(reader));
  }

  close(): void {
    clearTimeout(this.timer);
    this.hearing.close();
  }

  private get allDueAt(): number {
    return this.toldAllAt + Math.max(APART, this.readers.size * PER_READER);
  }

  private schedule(): void {
    const dueAt = this.forSome.size > 0 ? this.toldAt + APART : Math.max(this.toldAt + APART, this.allDueAt);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.onRipe(this), Math.max(0, Math.ceil(dueAt - performance.now())));
  }
}
