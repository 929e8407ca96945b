// Sends that leave together: at most one flight is out, and whoever arrives meanwhile leaves with the next.
import { AsyncLocalStorage } from 'node:async_hooks';
import { MAX_SENDS } from './send-message.sql.js';
import type { WaitingSend } from './waiting-send.js';

const MAX_CHARACTERS = 1_048_576; // of content in one flight: 32 messages of the longest kind

export class SendLane {
  private waiting: WaitingSend[] = [];
  private flying: Promise<void> | null = null;
  /** How many of each room wait here or fly. */
  private readonly rooms = new Map<string, number>();
  /** A flight belongs to nobody who is in it: least of all to a unit of work of theirs. */
  private readonly outside = AsyncLocalStorage.snapshot();

  /** `fly` settles each of them, and does not fail. */
  constructor(private readonly fly: (sends: WaitingSend[]) => Promise<void>) {}

  get length(): number {
    return this.waiting.length;
  }

  add(one: WaitingSend): void {
    const { roomId } = one.send;
    this.waiting.push(one);
    this.rooms.set(roomId, (this.rooms.get(roomId) ?? 0) + 1);
    this.flying ??= this.outside(() => this.keepFlying());
  }

  /** Whether sends of that room wait here or fly: others must not overtake them elsewhere. */
  serves(roomId: string): boolean {
    return this.rooms.has(roomId);
  }

  async idle(): Promise<void> {
    while (this.flying) await this.flying;
  }

  private async keepFlying(): Promise<void> {
    await new Promise(setImmediate); // what has arrived in this turn of the event loop comes along
    while (this.waiting.length > 0) {
      const flight = this.board();
      await this.fly(flight.filter(({ settled }) => !settled));
      for (const one of flight) this.leave(one.send.roomId);
    }
    this.flying = null;
  }

  /** In the order of arrival. A repeat of one that is aboard waits for the next flight, which will find what it repeats. */
  private board(): WaitingSend[] {
    const aboard: WaitingSend[] = [];
    const repeats: WaitingSend[] = [];
    const keys = new Set<string>();
    let characters = 0;
    let next = 0;
    for (; next < this.waiting.length && aboard.length < MAX_SENDS; next += 1) {
      const one = this.waiting[next] as WaitingSend;
      characters += one.send.content.length;
      if (aboard.length > 0 && characters > MAX_CHARACTERS) break;
      if (one.key !== null && keys.has(one.key)) {
        repeats.push(one);
      } else {
        if (one.key !== null) keys.add(one.key);
        aboard.push(one);
      }
    }
    this.waiting = [...repeats, ...this.waiting.slice(next)];
    return aboard;
  }

  private leave(roomId: string): void {
    const left = (this.rooms.get(roomId) ?? 0) - 1;
    if (left > 0) this.rooms.set(roomId, left);
    else this.rooms.delete(roomId);
  }
}
