// Says that one is typing, as seldom as will do: call it with every key that is pressed.

const RENEW_MS = 3_000; // the lease is 5 s: told in time, also over a slow line

export class Typing {
  readonly #toldAt = new Map<string, number>();

  readonly #tell: (roomId: string) => Promise<unknown>;

  constructor(tell: (roomId: string) => Promise<unknown>) {
    this.#tell = tell;
  }

  /** Tells it unless it was told a moment ago. Nobody is hurt when it is lost. */
  pressed(roomId: string): void {
    const now = performance.now();
    if (now - (this.#toldAt.get(roomId) ?? Number.NEGATIVE_INFINITY) < RENEW_MS) return;
    this.#toldAt.set(roomId, now);
    this.#tell(roomId).catch(() => {});
  }

  /** The message is sent: who goes on typing says so at once. */
  done(roomId: string): void {
    this.#toldAt.delete(roomId);
  }
}
