// The promises of the throttle, held by every body of it alike.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { type Allowance, Throttle } from '../../src/auth/throttle.js';
import { MemoryThrottle } from '../../src/auth/throttle.memory.js';
import { RedisThrottle } from '../../src/auth/throttle.redis.js';
import { log } from '../../src/core/logging.js';
import { onServices, REDIS } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import { until, within } from '../support/wait.js';

const bodies: [string, () => Promise<Throttle>][] = [['memory', async () => keep(new MemoryThrottle())]];
if (onServices) bodies.push(['Redis', () => connected(keep(new RedisThrottle(REDIS)))]);

const opened: Throttle[] = [];
const keep = <Body extends Throttle>(throttle: Body): Body => {
  opened.push(throttle);
  return throttle;
};

beforeAll(() => {
  log.level = 'silent';
});
afterEach(() => {
  for (const throttle of opened.splice(0)) throttle.close();
});

const allowance = (uses: number): Allowance => ({ name: `test-${randomUUID()}`, uses, window: 60_000 });
const takeAll = async (throttle: Throttle, from: Allowance, key: string, times: number) => {
  const waits = [];
  for (let n = 0; n < times; n += 1) waits.push(await throttle.take(from, key));
  return waits;
};
/** Its connection stands: until then it counts for itself. */
async function connected(throttle: RedisThrottle): Promise<RedisThrottle> {
  await until(
    'the connection',
    () => redisOf(throttle).status,
    (status) => status === 'ready',
  );
  return throttle;
}
/** What nobody else can see of it. */
const redisOf = (throttle: RedisThrottle) => (throttle as unknown as { redis: Redis }).redis;

describe.each(bodies)('the throttle on %s', (_, open) => {
  it('lets so many through, then says how long to wait', async () => {
    const throttle = await open();
    const three = allowance(3);
    const waits = await takeAll(throttle, three, 'ada', 5);
    expect(waits.slice(0, 3)).toEqual([null, null, null]);
    for (const wait of waits.slice(3)) {
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(three.window);
    }
  });

  it('counts those that come at once one by one', async () => {
    const throttle = await open();
    const three = allowance(3);
    const waits = await Promise.all(Array.from({ length: 10 }, () => throttle.take(three, 'ada')));
    expect(waits.filter((wait) => wait === null)).toHaveLength(3);
  });

  it('keeps people and kinds of things apart, whatever is in their names', async () => {
    const throttle = await open();
    const [one, other] = [allowance(1), allowance(1)];
    for (const key of ['ada', 'bob', 'ada bob', '', 'é'.repeat(10_000), '\0', '__proto__'])
      expect(await takeAll(throttle, one, key, 2)).toEqual([null, expect.any(Number)]);
    expect(await throttle.take(other, 'ada')).toBeNull();
  });

  it('gives a use back', async () => {
    const throttle = await open();
    const one = allowance(1);
    await throttle.take(one, 'ada');
    await throttle.giveBack(one, 'ada');
    expect(await takeAll(throttle, one, 'ada', 2)).toEqual([null, expect.any(Number)]);
  });
});

if (onServices) {
  describe('the throttle on Redis', () => {
    it('counts over all processes', async () => {
      const here = await connected(keep(new RedisThrottle(REDIS)));
      const there = await connected(keep(new RedisThrottle(REDIS)));
      const two = allowance(2);
      expect(await here.take(two, 'ada')).toBeNull();
      expect(await there.take(two, 'ada')).toBeNull();
      expect(await here.take(two, 'ada')).not.toBeNull();
      expect(await there.take(two, 'ada')).not.toBeNull();
    });

    it('tells Redis neither names nor addresses', async () => {
      const server = await RedisServer.atSparePort();
      await server.start();
      try {
        const throttle = await connected(keep(new RedisThrottle(server.url)));
        await throttle.take(allowance(1), '192.0.2.7 ada');
        const keys = await redisOf(throttle).keys('*');
        expect(keys).toHaveLength(1);
        expect(keys[0]).toMatch(/^parley:throttle:test-[\w-]+:[\w-]{43}$/);
      } finally {
        await server.kill();
      }
    });

    it('counts for itself while Redis is frozen, and keeps nobody waiting for long', async () => {
      const server = await RedisServer.atSparePort();
      await server.start();
      try {
        const throttle = await connected(keep(new RedisThrottle(server.url)));
        const two = allowance(2);
        expect(await throttle.take(two, 'ada')).toBeNull();
        server.freeze();
        const waits = within('the answers', takeAll(throttle, two, 'bob', 3), 5_000);
        expect(await waits).toEqual([null, null, expect.any(Number)]);
      } finally {
        await server.kill();
      }
    });

    it('counts for itself while Redis is away, and keeps nobody waiting', async () => {
      const server = await RedisServer.atSparePort();
      const throttle = keep(new RedisThrottle(server.url)); // nothing answers there yet
      const two = allowance(2);
      expect(await takeAll(throttle, two, 'ada', 3)).toEqual([null, null, expect.any(Number)]);
      await server.start();
      try {
        await connected(throttle);
        expect(await takeAll(throttle, two, 'bob', 3)).toEqual([null, null, expect.any(Number)]);
        await server.kill();
        expect(await takeAll(throttle, two, 'cleo', 3)).toEqual([null, null, expect.any(Number)]);
      } finally {
        await server.kill();
      }
    });
  });
}
