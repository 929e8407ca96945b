// Counted in this process alone: the moments of all uses that still count, by a clock that nobody can set.
import { type Counter, Throttle } from './throttle.js';

/** The oldest first. */
type Uses = { readonly use: string; readonly at: number }[];

/** Two heaps, the younger one as old as a window: what lies in the other when it is thrown away is over. */
interface Places {
  since: number;
  young: Map<string, Uses>; // some 400 bytes a place
  old: Map<string, Uses>;
}

export class MemoryThrottle extends Throttle {
  private readonly counted = new Map<string, Places>();

  constructor(
    secret: Buffer,
    private readonly clock: () => number = () => performance.now(),
  ) {
    super(secret);
  }

  override async take(counters: readonly Counter[], use: string): Promise<number | null> {
    const now = Math.floor(this.clock());
    const lists = counters.map((counter) => this.usesOf(counter, now));
    const waits = counters.map(({ uses, window }, n) => {
      const [oldest] = lists[n] ?? [];
      return oldest && (lists[n]?.length ?? 0) >= uses ? over(oldest.at, window) - now : 0;
    });
    const wait = Math.max(...waits);
    if (wait > 0) return wait;
    for (const list of lists) list.push({ use, at: now });
    return null;
  }

  override async giveBack(counters: readonly Counter[], use: string): Promise<void> {
    const now = Math.floor(this.clock());
    for (const counter of counters) {
      const uses = this.usesOf(counter, now);
      const at = uses.findLastIndex((one) => one.use === use);
      if (at >= 0) uses.splice(at, 1);
    }
  }

  /** Those that still count. The list lies in the younger heap, to be written to. */
  private usesOf(counter: Counter, now: number): Uses {
    const places = this.placesOf(counter, now);
    const place = this.placeOf(counter);
    const uses = places.young.get(place) ?? places.old.get(place) ?? [];
    const first = uses.findIndex(({ at }) => over(at, counter.window) > now);
    uses.splice(0, first < 0 ? uses.length : first);
    places.young.set(place, uses);
    return uses;
  }

  private placesOf({ name, window }: Counter, now: number): Places {
    let places = this.counted.get(name);
    if (!places) {
      places = { since: now, young: new Map(), old: new Map() };
      this.counted.set(name, places);
    }
    if (now >= over(places.since, window)) {
      places.old = places.young;
      places.young = new Map();
      places.since = now;
    }
    return places;
  }
}

/** A use counts until its whole millisecond is more than a window ago: never a moment too short. */
const over = (at: number, window: number): number => at + window + 1;
