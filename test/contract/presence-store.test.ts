// The promises of the board of who is here, held by every body of it alike.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { log } from '../../src/core/logging.js';
import type { PresenceStore } from '../../src/presence/presence-store.js';
import { MemoryPresenceStore } from '../../src/presence/presence-store.memory.js';
import { RedisPresenceStore } from '../../src/presence/presence-store.redis.js';
import { onServices, REDIS } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import { until } from '../support/wait.js';

const opened: PresenceStore[] = [];
const keep = <Body extends PresenceStore>(store: Body): Body => {
  opened.push(store);
  return store;
};
const onRedis = async (url = REDIS, ttl = 60_000): Promise<RedisPresenceStore> => {
  const store = keep(new RedisPresenceStore(url, ttl));
  const { redis } = store as unknown as { redis: Redis };
  await until(
    'the connection',
    () => redis.status,
    (status) => status === 'ready',
  );
  return store;
};

const bodies: [string, (ttl?: number) => Promise<PresenceStore>][] = [
  ['memory', async (ttl = 60_000) => keep(new MemoryPresenceStore(ttl))],
];
if (onServices) bodies.push(['Redis', (ttl) => onRedis(REDIS, ttl)]);

beforeAll(() => {
  log.level = 'silent';
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

const people = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

describe.each(bodies)('the board on %s', (_, open) => {
  it('tells who came, who is here, and who has gone', async () => {
    const board = await open();
    const [ada, bob, cleo] = people(3) as [string, string, string];
    expect(await board.online([ada, bob])).toEqual(new Set());
    expect(await board.here([ada, bob])).toEqual([ada, bob]);
    expect(await board.here([bob, cleo])).toEqual([cleo]);
    expect(await board.online([cleo, ada, 'nobody'])).toEqual(new Set([ada, cleo]));
    expect(await board.gone([bob])).toEqual([bob]);
    expect(await board.online([ada, bob, cleo])).toEqual(new Set([ada, cleo]));
    expect(await board.here([bob])).toEqual([bob]);
  });

  it('takes a crowd, and nobody at all', async () => {
    const board = await open();
    const crowd = people(1_234);
    expect(await board.here(crowd)).toHaveLength(1_234);
    expect((await board.online(crowd)).size).toBe(1_234);
    expect(await board.gone(crowd)).toHaveLength(1_234);
    expect([await board.here([]), await board.gone([]), await board.online([])]).toEqual([[], [], new Set()]);
  });

  it('forgets who is not written again', async () => {
    const board = await open(300);
    const [ada, bob] = people(2) as [string, string];
    await board.here([ada, bob]);
    const beating = setInterval(() => void board.here([bob]), 50);
    await until(
      'Ada to be forgotten',
      () => board.online([ada, bob]),
      (online) => !online.has(ada),
    );
    expect(await board.online([ada, bob])).toEqual(new Set([bob]));
    clearInterval(beating);
  });
});

if (onServices) {
  describe('the board on Redis', () => {
    it('keeps people here as long as one process holds them', async () => {
      const [here, there] = await Promise.all([onRedis(), onRedis()]);
      const [ada] = people(1) as [string];
      expect(await here.here([ada])).toEqual([ada]);
      expect(await there.here([ada])).toEqual([]);
      expect(await here.gone([ada])).toEqual([]);
      expect(await here.online([ada])).toEqual(new Set([ada]));
      expect(await there.gone([ada])).toEqual([ada]);
      expect(await here.online([ada])).toEqual(new Set());
    });

    it('says at once that it is away, and is written anew once it is back', async () => {
      const server = await RedisServer.atSparePort();
      await server.start();
      try {
        const board = await onRedis(server.url);
        const [ada] = people(1) as [string];
        await board.here([ada]);
        await server.kill();
        const asked = performance.now();
        await expect(board.online([ada])).rejects.toThrow();
        await expect(board.here([ada])).rejects.toThrow();
        expect(performance.now() - asked).toBeLessThan(2_000);
        await server.start();
        await until(
          'the board to answer',
          () => board.here([ada]).catch(() => null),
          (came) => came !== null,
        );
        expect(await board.online([ada])).toEqual(new Set([ada]));
      } finally {
        await server.kill();
      }
    });
  });
}
