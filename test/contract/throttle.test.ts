// The promises of the throttle, held by every body of it alike.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { type Counter, PLACES, type Throttle } from '../../src/auth/throttle.js';
import { MemoryThrottle } from '../../src/auth/throttle.memory.js';
import { RedisThrottle } from '../../src/auth/throttle.redis.js';
import { log } from '../../src/core/logging.js';
import { onServices, REDIS } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import { until, within } from '../support/wait.js';

/** That of all processes. The same in each run, so that keys that are to be apart do not meet by chance. */
const SECRET = Buffer.alloc(32, 'shared');

const bodies: [string, () => Promise<Throttle>][] = [['memory', async () => keep(new MemoryThrottle(SECRET))]];
if (onServices) bodies.push(['Redis', () => connected(keep(new RedisThrottle(REDIS, SECRET)))]);

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

const counter = (uses: number, window = 60_000, key = 'ada'): Counter => ({
  name: `test-${randomUUID()}`,
  key,
  uses,
  window,
});
const of = (key: string, like: Counter): Counter => ({ ...like, key });
const take = (throttle: Throttle, ...counters: Counter[]) => throttle.take(counters, randomUUID());
const takeAll = async (throttle: Throttle, from: Counter, times: number) => {
  const waits = [];
  for (let n = 0; n < times; n += 1) waits.push(await take(throttle, from));
  return waits;
};
/** The moment comes, by the clock of whoever was told to wait. */
const itIs = (moment: number) =>
  until(
    'that moment',
    () => performance.now(),
    (now) => now >= moment,
  );
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
async function withServer(scene: (server: RedisServer) => Promise<void>): Promise<void> {
  const server = await RedisServer.atSparePort();
  await server.start();
  try {
    await scene(server);
  } finally {
    await server.kill();
  }
}

/** One that starts a window, the others at its end, then as fast as it goes until there are three windows full. */
async function keepsToAnyStretch(first: Throttle, ...others: Throttle[]): Promise<void> {
  const three = counter(3, 500);
  const letIn: { asked: number; answered: number }[] = [];
  const tryAt = async (throttle: Throttle) => {
    const asked = performance.now();
    if ((await take(throttle, three)) === null) letIn.push({ asked, answered: performance.now() });
  };
  await tryAt(first);
  await itIs((letIn[0]?.asked ?? 0) + 400);
  const tryEverywhere = async () => {
    for (const throttle of [...others, first]) await tryAt(throttle);
  };
  await until('nine to be let in', tryEverywhere, () => letIn.length >= 9);
  for (const [n, fourth] of letIn.slice(3).entries())
    expect(fourth.answered - (letIn[n]?.asked ?? 0)).toBeGreaterThan(three.window);
}

describe.each(bodies)('the throttle on %s', (_, open) => {
  it('lets so many through, then says how long to wait', async () => {
    const throttle = await open();
    const three = counter(3);
    const waits = await takeAll(throttle, three, 5);
    expect(waits.slice(0, 3)).toEqual([null, null, null]);
    for (const wait of waits.slice(3)) {
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(three.window + 1);
    }
  });

  it('lets no more than so many into any stretch of that length, however the tries are placed', async () => {
    await keepsToAnyStretch(await open());
  });

  it('lets in whoever comes back after the time that was told, however often they asked meanwhile', async () => {
    const throttle = await open();
    const two = counter(2, 300);
    const waits = await takeAll(throttle, two, 40);
    const back = performance.now() + (waits[39] ?? 0);
    expect(waits.slice(2)).not.toContain(null);
    expect(waits[39]).toBeLessThanOrEqual(waits[2] ?? 0); // what is refused costs nothing
    await itIs(back);
    expect(await take(throttle, two)).toBeNull();
  });

  it('counts those that come at once one by one', async () => {
    const throttle = await open();
    const three = counter(3);
    const waits = await Promise.all(Array.from({ length: 10 }, () => take(throttle, three)));
    expect(waits.filter((wait) => wait === null)).toHaveLength(3);
  });

  it('keeps people and kinds of things apart, whatever is in their names', async () => {
    const throttle = await open();
    const [one, other] = [counter(1), counter(1)];
    for (const key of ['ada', 'bob', 'ada bob', '', 'é'.repeat(10_000), '\0', '__proto__'])
      expect(await takeAll(throttle, of(key, one), 2)).toEqual([null, expect.any(Number)]);
    expect(await take(throttle, other)).toBeNull();
  });

  it('counts by all or by none, and tells the longest wait', async () => {
    const throttle = await open();
    const [short, long, roomy] = [counter(1, 10_000), counter(1, 50_000), counter(1)];
    expect(await take(throttle, short, long)).toBeNull();
    for (const order of [
      [short, roomy, long],
      [roomy, long, short],
    ])
      expect(await take(throttle, ...order)).toBeGreaterThan(10_001);
    expect(await takeAll(throttle, roomy, 2)).toEqual([null, expect.any(Number)]);
  });

  it('gives back that use and no other, and only once', async () => {
    const throttle = await open();
    const two = counter(2);
    const [first, second] = [randomUUID(), randomUUID()];
    await throttle.take([two], first);
    await throttle.take([two], second);
    for (const use of [first, first, 'never taken', first]) await throttle.giveBack([two], use);
    expect(await takeAll(throttle, two, 2)).toEqual([null, expect.any(Number)]);
  });
});

describe('the throttle in memory', () => {
  it('counts by the clock, to the millisecond', async () => {
    let now = 0;
    const throttle = new MemoryThrottle(SECRET, () => now);
    const two = counter(2, 1_000);
    const at = (moment: number, use: string = randomUUID()) => {
      now = moment;
      return throttle.take([two], use);
    };
    expect(await at(100, 'first')).toBeNull();
    expect(await at(900.9)).toBeNull();
    expect(await at(901)).toBe(200); // the first one counts until 1100, all of that millisecond
    expect(await at(1_100.5)).toBe(1);
    expect(await at(1_101)).toBeNull();
    expect(await at(1_101)).toBe(800); // now it is for the second
    expect(await at(1_901)).toBeNull();
    await throttle.giveBack([two], 'first'); // has long been over
    expect(await at(1_901)).toBe(201);
  });

  it('keeps both promises whatever is tried, taken back and left alone', async () => {
    const step = fc.oneof(
      fc.record({ pass: fc.integer({ min: 1, max: 700 }) }),
      fc.record({ tries: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ back: fc.nat(5) }),
      fc.constant('come back when told' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        let now = 0;
        const throttle = new MemoryThrottle(SECRET, () => now);
        const four = counter(4, 1_000);
        let counted: { use: string; at: number }[] = [];
        const tryOnce = async () => {
          const use = randomUUID();
          const wait = await throttle.take([four], use);
          if (wait === null) counted.push({ use, at: now });
          return wait;
        };
        for (const what of steps) {
          if (what === 'come back when told') {
            const wait = await tryOnce();
            now += wait ?? 0;
            if (wait !== null) expect(await tryOnce()).toBeNull();
          } else if ('pass' in what) now += what.pass;
          else if ('tries' in what) for (let n = 0; n < what.tries; n += 1) await tryOnce();
          else {
            const gone = counted.at(-1 - what.back);
            await throttle.giveBack([four], gone?.use ?? '');
            counted = counted.filter((one) => one !== gone);
          }
          for (const { at } of counted)
            expect(counted.filter((one) => one.at >= at && one.at <= at + four.window).length).toBeLessThanOrEqual(4);
        }
      }),
    );
  });

  it('remembers so much and no more, whatever names are tried, and forgets nobody for it', async () => {
    let now = 0;
    const throttle = new MemoryThrottle(SECRET, () => now);
    const ten = counter(10, 1_000);
    const remembered = () => {
      type Places = { young: Map<string, unknown>; old: Map<string, unknown> };
      const { counted } = throttle as unknown as { counted: Map<string, Places> };
      const { young, old } = counted.get(ten.name) ?? { young: new Map(), old: new Map() };
      return new Set([...young.keys(), ...old.keys()]).size;
    };
    await takeAll(throttle, ten, 10);
    for (let n = 0; n < 1.2 * PLACES; n += 1) await take(throttle, of(`sock-puppet-${n}`, ten));
    expect(remembered()).toBeGreaterThan(PLACES / 2); // people hardly ever meet
    expect(remembered()).toBeLessThanOrEqual(PLACES);
    expect(await take(throttle, ten)).toBe(1_001);
    for (now of [1_001, 2_002]) await take(throttle, of('bob', ten));
    expect(remembered()).toBe(1);
  });

  it('counts where nobody can know who does not know the secret', async () => {
    const places = (secret: string) => {
      const throttle = new MemoryThrottle(Buffer.alloc(32, secret)) as unknown as {
        placeOf: (from: Counter) => string;
      };
      return ['ada', 'bob', 'cleo'].map((key) => throttle.placeOf({ ...counter(1), name: 'account', key }));
    };
    expect(places('one')).toEqual(places('one'));
    expect(places('one').filter((place) => places('other').includes(place))).toEqual([]);
  });
});

if (onServices) {
  describe('the throttle on Redis', () => {
    it('counts over all processes', async () => {
      const here = await connected(keep(new RedisThrottle(REDIS, SECRET)));
      const there = await connected(keep(new RedisThrottle(REDIS, SECRET)));
      const two = counter(2);
      const use = randomUUID();
      expect(await here.take([two], use)).toBeNull();
      expect(await take(there, two)).toBeNull();
      expect(await take(here, two)).not.toBeNull();
      expect(await take(there, two)).not.toBeNull();
      await here.giveBack([two], use);
      expect(await takeAll(there, two, 2)).toEqual([null, expect.any(Number)]);
    });

    it('lets no more than so many into any stretch, over all processes', async () => {
      const [first, ...others] = await Promise.all(
        Array.from({ length: 3 }, () => connected(keep(new RedisThrottle(REDIS, SECRET)))),
      );
      if (first) await keepsToAnyStretch(first, ...others);
    });

    it('tells Redis neither names nor addresses, and lets it forget', () =>
      withServer(async (server) => {
        const throttle = await connected(keep(new RedisThrottle(server.url, SECRET)));
        const redis = redisOf(throttle);
        await take(throttle, counter(1, 600, '192.0.2.7 ada'));
        const keys = await redis.keys('*');
        expect(keys).toHaveLength(1);
        expect(keys[0]).toMatch(/^parley:\{throttle\}:test-[\w-]+:\d{1,6}$/);
        await until(
          'Redis to be empty',
          () => redis.dbsize(),
          (size) => size === 0,
        );
      }));

    it('counts for itself while Redis is frozen, and keeps nobody waiting for long', () =>
      withServer(async (server) => {
        const throttle = await connected(keep(new RedisThrottle(server.url, SECRET)));
        const two = counter(2);
        expect(await take(throttle, two)).toBeNull();
        server.freeze();
        const waits = within('the answers', takeAll(throttle, of('bob', two), 3), 5_000);
        expect(await waits).toEqual([null, null, expect.any(Number)]);
        await within('taking it back', throttle.giveBack([two], 'whatever'), 2_000);
      }));

    it('counts for itself while Redis is away, and keeps nobody waiting', async () => {
      const server = await RedisServer.atSparePort();
      const throttle = keep(new RedisThrottle(server.url, SECRET)); // nothing answers there yet
      const two = counter(2);
      expect(await takeAll(throttle, two, 3)).toEqual([null, null, expect.any(Number)]);
      await server.start();
      try {
        await connected(throttle);
        expect(await takeAll(throttle, of('bob', two), 3)).toEqual([null, null, expect.any(Number)]);
        await server.kill();
        expect(await takeAll(throttle, of('cleo', two), 3)).toEqual([null, null, expect.any(Number)]);
      } finally {
        await server.kill();
      }
    });

    it('is open no wider for a Redis that goes, or comes back with nothing', () =>
      withServer(async (server) => {
        const throttle = await connected(keep(new RedisThrottle(server.url, SECRET)));
        const two = counter(2);
        expect(await take(throttle, two)).toBeNull();
        await redisOf(throttle).flushall();
        expect(await take(throttle, two)).toBeNull();
        expect(await take(throttle, two)).not.toBeNull();
        await server.kill();
        expect(await take(throttle, two)).not.toBeNull();
      }));
  });
}
