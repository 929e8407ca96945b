// How far ahead of its reader a socket may be. A kernel takes megabytes for somebody who reads nothing, and tells nobody
// that they lie there. So a ping follows every so many bytes, and what its pong has not answered yet may not grow for ever.

const SIZE = 262_144; // bytes on their way at most, beside the last write
const ASK_EVERY = 65_536; // bytes between two pings; at 5 kB/s a pong comes every 13 s, sooner than anybody counts as slow

export class FlowWindow {
  private sent = 0;
  private answered = 0;
  /** What was sent at each ping that has no pong yet. */
  private asked: number[] = [];

  /** So many bytes more were written. Answers what to send in a ping now, when one is due. */
  add(bytes: number): string | null {
    this.sent += bytes;
    if (this.sent - (this.asked.at(-1) ?? this.answered) < ASK_EVERY) return null;
    this.asked.push(this.sent);
    return String(this.sent);
  }

  /**
   * True when that pong answers a ping of ours: all that was written before has been read. Pings may be answered by the
   * pong of a later one (RFC 6455, 5.5.3), and each once.
   */
  answer(pong: string): boolean {
    const at = this.asked.indexOf(Number(pong));
    if (at < 0) return false;
    this.answered = this.asked[at] as number;
    this.asked = this.asked.slice(at + 1);
    return true;
  }

  get isFull(): boolean {
    return this.sent - this.answered >= SIZE;
  }
}
