// Counted in Redis for all processes. While Redis is away each process counts for itself: nobody waits, and the door is
// never open wider than once the allowance per process.
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { openPublisher } from '../bus/redis.js';
import { log, Rationed } from '../core/logging.js';
import { type Allowance, optionsOf, Throttle } from './throttle.js';

export class RedisThrottle extends Throttle {
  private readonly rationed = new Rationed();
  private readonly redis: Redis;

  constructor(url: string) {
    super();
    this.redis = openPublisher(url);
    this.redis.on('error', (error) =>
      this.rationed.line('redis', (heldBack) => log.warn({ err: error, heldBack }, 'Redis: throttling failed')),
    );
  }

  override close(): void {
    this.redis.disconnect();
  }

  protected override open(allowance: Allowance): RateLimiterAbstract {
    return new RateLimiterRedis({
      ...optionsOf(allowance),
      storeClient: this.redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(optionsOf(allowance)),
    });
  }
}
