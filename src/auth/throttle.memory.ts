// Counted in this process alone.
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { type Allowance, optionsOf, Throttle } from './throttle.js';

export class MemoryThrottle extends Throttle {
  protected override open(allowance: Allowance): RateLimiterAbstract {
    return new RateLimiterMemory(optionsOf(allowance));
  }
}
