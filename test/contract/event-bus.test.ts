// The promises of the bus, held by every body of it alike.
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Channel, EventBus } from '../../src/bus/event-bus.js';
import { MemoryEventBus } from '../../src/bus/event-bus.memory.js';
import { RedisEventBus } from '../../src/bus/event-bus.redis.js';
import { Seal } from '../../src/bus/seal.js';
import { log } from '../../src/core/logging.js';
import { onServices, REDIS } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import { until, within } from '../support/wait.js';

interface Fact {
  n: number;
  at?: Date;
  text?: string;
  inner?: { createdAt: Date; deletedAt: Date | null };
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const compiled = (path: string): string => new URL(`../../dist/src/${path}`, import.meta.url).href;

const bodies: [string, () => EventBus][] = [['memory', () => new MemoryEventBus()]];
if (onServices) bodies.push(['Redis', () => new RedisEventBus(REDIS, new Seal(randomBytes(32)))]);

beforeAll(() => {
  log.level = 'silent';
});

describe.each(bodies)('the bus on %s', (_, open) => {
  let bus: EventBus;
  beforeAll(async () => {
    bus = open();
    await until('the bus to be up', () => bus.up, Boolean);
  });
  afterAll(() => {
    if (bus instanceof RedisEventBus) bus.close();
  });

  const channel = (): Channel<Fact> => ({ name: `test:v1:{${randomUUID()}}` });

  /** Subscribes, and hands out what comes. */
  const listen = async (on: Channel<Fact>, count: number) => {
    const heard: Fact[] = [];
    const { promise, resolve } = Promise.withResolvers<Fact[]>();
    const subscription = bus.subscribe(on, (fact) => {
      heard.push(fact);
      if (heard.length === count) resolve(heard);
    });
    await within('the confirmation', subscription.confirmed);
    return { heard, all: () => within('the facts', promise), close: () => subscription.close() };
  };

  it('tells everyone on the channel, in order, and nobody else', async () => {
    const [here, there] = [channel(), channel()];
    const [first, second, other] = await Promise.all([listen(here, 3), listen(here, 3), listen(there, 1)]);
    for (const n of [1, 2, 3]) bus.publish(here, { n });
    bus.publish(there, { n: 9 });
    expect(await first.all()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await second.all()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await other.all()).toEqual([{ n: 9 }]);
    for (const listener of [first, second, other]) listener.close();
  });

  it('gives moments back as dates, by their names, and leaves texts alone', async () => {
    const on = channel();
    const listener = await listen(on, 1);
    const at = new Date('2026-01-31T09:30:00.123Z');
    bus.publish(on, { n: 1, at, text: '2026-01-31T09:30:00.123Z', inner: { createdAt: at, deletedAt: null } });
    expect(await listener.all()).toEqual([
      { n: 1, at, text: '2026-01-31T09:30:00.123Z', inner: { createdAt: at, deletedAt: null } },
    ]);
    listener.close();
  });

  it('hands each listener a copy of its own, after the publisher has gone on', async () => {
    const on = channel();
    const [first, second] = await Promise.all([listen(on, 1), listen(on, 1)]);
    const fact: Fact = { n: 1, text: 'as it was told' };
    bus.publish(on, fact);
    expect(first.heard).toEqual([]);
    fact.text = 'changed afterwards';
    const [[mine], [yours]] = await Promise.all([first.all(), second.all()]);
    expect(mine).toEqual({ n: 1, text: 'as it was told' });
    expect(mine).not.toBe(yours);
    first.close();
    second.close();
  });

  it('lets one listener fail without harm to the others', async () => {
    const on = channel();
    const failing = bus.subscribe(on, () => {
      throw new Error('on purpose');
    });
    const listener = await listen(on, 1);
    bus.publish(on, { n: 1 });
    expect(await listener.all()).toEqual([{ n: 1 }]);
    failing.close();
    listener.close();
  });

  it('is silent after close, forgets the channel, and can be asked again', async () => {
    const [on, fence] = [channel(), channel()];
    const before = bus.channels;
    const [gone, stays] = await Promise.all([listen(on, 1), listen(fence, 1)]);
    gone.close();
    gone.close();
    bus.publish(on, { n: 1 });
    bus.publish(fence, { n: 2 });
    await stays.all();
    expect(gone.heard).toEqual([]);
    const again = await listen(on, 1);
    bus.publish(on, { n: 3 });
    expect(await again.all()).toEqual([{ n: 3 }]);
    again.close();
    stays.close();
    expect(bus.channels).toBe(before);
  });
});

if (onServices) {
  describe('the bus on Redis', () => {
    it('leaves no promise alone when it closes while Redis keeps it waiting', async () => {
      const redis = await RedisServer.atSparePort();
      await redis.start();
      const script = `
        const { Redis } = await import('ioredis');
        const { RedisEventBus } = await import(${JSON.stringify(compiled('bus/event-bus.redis.js'))});
        const { Seal } = await import(${JSON.stringify(compiled('bus/seal.js'))});
        const bus = new RedisEventBus(${JSON.stringify(redis.url)}, new Seal(Buffer.alloc(32)));
        bus.onReady(async () => {
          const other = new Redis(${JSON.stringify(redis.url)});
          await other.call('CLIENT', 'PAUSE', '60000', 'ALL');
          other.disconnect();
          bus.subscribe({ name: 'test:v1:{garden}' }, () => {});
          setTimeout(() => bus.close(), 50);
        });`;
      try {
        const options = ['--input-type=module', '--eval', script];
        const child = spawn(process.execPath, options, { stdio: 'ignore', cwd: ROOT });
        expect(await within('the process to end', once(child, 'exit'))).toEqual([0, null]); // 1: a rejection was left alone
      } finally {
        await redis.kill();
      }
    });
  });
}
