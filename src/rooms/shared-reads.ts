// Pages of a room's log that several readers share: when a process is new, all who come back to it want the same.
import type { RoomEvent } from './room.events.js';

const KEPT_FOR = 1_000; // ms; so far behind each other are those who came together
const KEPT = 16; // pages of a room

export type Page = readonly RoomEvent[];

export class SharedReads {
  private readonly pages = new Map<string, Promise<Page>>();

  constructor(private readonly read: (after: number, limit: number) => Promise<Page>) {}

  /** The events after that seq. Whoever asks for the same in this moment gets the same ones. */
  after(seq: number, limit: number): Promise<Page> {
    const key = `${seq}+${limit}`;
    const known = this.pages.get(key);
    if (known) return known;
    const page = this.read(seq, limit);
    this.pages.set(key, page);
    const forget = () => {
      if (this.pages.get(key) === page) this.pages.delete(key);
    };
    // What came short is longer when it is asked for again.
    page.then((events) => (events.length < limit ? forget() : setTimeout(forget, KEPT_FOR).unref()), forget);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= KEPT) break;
      this.pages.delete(oldest);
    }
    return page;
  }

  /** Something has happened that changes how earlier events are told: nobody who asks from now on gets an old page. */
  clear(): void {
    this.pages.clear();
  }
}
