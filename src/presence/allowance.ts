// How many signals of one room are passed on: few where very many listen, for each goes to every one of them.

const DELIVERIES = 5_000; // a second, for one room of this process: a fifth of a core at most
const LEAST = 5; // signals a second, however many listen

/** A bucket of tokens that holds a second's worth. */
export class Allowance {
  private tokens = LEAST;
  private filledAt = performance.now();

  take(listeners: number, now = performance.now()): boolean {
    const perSecond = Math.max(LEAST, DELIVERIES / Math.max(1, listeners));
    this.tokens = Math.min(perSecond, this.tokens + ((now - this.filledAt) / 1_000) * perSecond);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
