// How long to wait before coming back: full jitter, so that a thousand clients do not return in the same instant.

const FIRST_MS = 500; // a restart behind a load balancer is over by then
const CAP_MS = 5_000; // whoever waits for a server is back within 5 s of its return, however long it was away
const STEADY_MS = 5_000; // a connection that lasted this long worked; one that dies sooner keeps the pause growing

export class Backoff {
  #attempt = 0;
  #worksSince = Number.POSITIVE_INFINITY;
  #notBefore = 0;

  /** The other side has answered. */
  worked(): void {
    this.#worksSince = performance.now();
  }

  /** The other side said how long to stay away. */
  stayAway(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, performance.now() + ms);
  }

  /** The pause in milliseconds before the next attempt. */
  next(): number {
    const now = performance.now();
    if (now - this.#worksSince >= STEADY_MS) this.#attempt = 0;
    this.#worksSince = Number.POSITIVE_INFINITY;
    const most = Math.min(CAP_MS, FIRST_MS * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 10); // far above the cap, far below overflow
    return Math.max(Math.random() * most, this.#notBefore - now);
  }
}

/** Resolves after `ms`, or as soon as `signal` aborts: whoever waits then looks whether it is still wanted. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
