// Whether a reader keeps up. Far behind is allowed, to whoever resumes after a week too, as long as they come closer.

const FAR_BEHIND = 1_000; // events; one who is less behind has them on the way, or takes them in a moment

export class Pace {
  private since = 0;
  private least = Number.POSITIVE_INFINITY;

  /** For how long, in ms, it has been far behind and come no closer. Asked about every two seconds. */
  stuckFor(lag: number, now: number): number {
    if (lag <= FAR_BEHIND || lag < this.least) {
      this.since = now;
      this.least = lag <= FAR_BEHIND ? Number.POSITIVE_INFINITY : lag;
    }
    return now - this.since;
  }
}
