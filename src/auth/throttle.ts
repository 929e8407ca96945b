// How often something may be done: counted by key over all processes, in windows that begin with the first use.
import { createHash } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

export interface Allowance {
  /** Part of the keys: the same name counts together wherever it is asked for. */
  readonly name: string;
  readonly uses: number;
  /** In ms, whole seconds. */
  readonly window: number;
}

export abstract class Throttle {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  /** Counts one use. Null: it is within the allowance. Else the ms until the window ends; then it is refused. */
  async take(allowance: Allowance, key: string): Promise<number | null> {
    try {
      await this.limiter(allowance).consume(digest(key));
      return null;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext));
      throw refusal;
    }
  }

  /** Takes one use back. */
  async giveBack(allowance: Allowance, key: string): Promise<void> {
    await this.limiter(allowance).reward(digest(key));
  }

  /** Lets go of what it holds open. */
  close(): void {}

  protected abstract open(allowance: Allowance): RateLimiterAbstract;

  private limiter(allowance: Allowance): RateLimiterAbstract {
    const existing = this.limiters.get(allowance.name);
    if (existing) return existing;
    const opened = this.open(allowance);
    this.limiters.set(allowance.name, opened);
    return opened;
  }
}

/** What the libraries call these things. */
export const optionsOf = ({ name, uses, window }: Allowance) => ({
  keyPrefix: `parley:throttle:${name}`,
  points: uses,
  duration: window / 1_000,
});

/** Keys are made of what strangers type: of one length, and nobody's name or address stands in Redis. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');
