// Counted in Redis for all processes, by its clock, and in each process as well: while Redis is away or has lost what it
// knew, nobody waits, and the door is never open wider than once the allowance per process.
import type { Redis } from 'ioredis';
import { openPublisher } from '../bus/redis.js';
import { log, Rationed } from '../core/logging.js';
import { type Counter, Throttle } from './throttle.js';
import { MemoryThrottle } from './throttle.memory.js';

/**
 * At each place a sorted set of the uses that still count, by their moment. ARGV: the use, then uses and window for each place.
 * Zero: counted. Else the ms to wait. Without a use it only tells.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = 0
for i, key in ipairs(KEYS) do
  local uses, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', '(' .. now - window)
  local over = redis.call('ZCARD', key) - uses
  if over >= 0 then
    local oldest = redis.call('ZRANGE', key, over, over, 'WITHSCORES')
    wait = math.max(wait, oldest[2] + window + 1 - now)
  end
end
if wait > 0 or ARGV[1] == '' then return wait end
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, ARGV[1])
  redis.call('PEXPIRE', key, ARGV[2 * i + 1] + 1)
end
return 0`;

const GIVE_BACK = `for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end`;

export class RedisThrottle extends Throttle {
  private readonly here: MemoryThrottle;
  private readonly rationed = new Rationed();
  private readonly redis: Redis;

  constructor(url: string, secret: Buffer) {
    super(secret);
    this.here = new MemoryThrottle(secret);
    this.redis = openPublisher(url);
    this.redis.on('error', (error) => this.tell(error));
  }

  override async take(counters: readonly Counter[], use: string): Promise<number | null> {
    const here = await this.here.take(counters, use);
    const everywhere = await this.ask(TAKE, counters, [
      here === null ? use : '',
      ...counters.flatMap(({ uses, window }) => [uses, window]),
    ]);
    if (here === null && everywhere > 0) await this.here.giveBack(counters, use);
    return Math.max(here ?? 0, everywhere) || null;
  }

  override async giveBack(counters: readonly Counter[], use: string): Promise<void> {
    await Promise.all([this.here.giveBack(counters, use), this.ask(GIVE_BACK, counters, [use])]);
  }

  override close(): void {
    this.redis.disconnect();
  }

  /** Zero as well when Redis does not answer: then what is counted here is all there is. */
  private async ask(script: string, counters: readonly Counter[], args: readonly (string | number)[]): Promise<number> {
    // The braces are literal: one slot of a cluster, for the scripts take many keys.
    const keys = counters.map((counter) => `parley:{throttle}:${this.placeOf(counter)}`);
    try {
      return Number(await this.redis.eval(script, keys.length, ...keys, ...args));
    } catch (error) {
      this.tell(error);
      return 0;
    }
  }

  private tell(error: unknown): void {
    this.rationed.line('redis', (heldBack) => log.warn({ err: error, heldBack }, 'Redis: throttling failed'));
  }
}
