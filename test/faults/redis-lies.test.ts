// D3: Redis frozen without a word, its listening connections killed again and again, and somebody who publishes lies.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { encodeCursor } from '../../src/core/cursor.js';
import { until } from '../support/wait.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Load } from './bench/load.js';
import { Random } from './bench/random.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

const condition = async (at: number) => (await stage.ready(at)).condition;

describe('D3 Redis frozen without FIN or RST', () => {
  it.each(SEEDS)('is noticed, and the gap is closed from the log (seed %i)', async (seed) => {
    stage = await Stage.open();
    const load = await Load.begin(stage, seed);
    await load.goesOnFor(short(1_000, { long: 20_000 }));
    const from = performance.now();
    stage.site(0).toRedis.freeze();
    await until(
      'process 0 to notice',
      () => condition(0),
      (now) => now === 'degraded',
    );
    const noticed = performance.now() - from;
    await load.goesOnFor(short(2_000, { long: 10_000 }));
    const to = performance.now();
    stage.site(0).toRedis.thaw();
    await until(
      'process 0 to hear the bus again',
      () => condition(0),
      (now) => now === 'ok',
    );
    const back = performance.now() - to;
    await load.goesOnFor(short(1_000, { long: 20_000 }));
    expect(await load.end()).toEqual([]);
    report('D3', seed, [
      figure('frozen: until it is noticed', noticed, 'ms', 5_000),
      figure('frozen: p99 of a delivery meanwhile', load.p99.delivery(from, to), 'ms', 2_500),
      figure('frozen: until the bus is heard again', back, 'ms', 2_500),
    ]);
    expect(noticed).toBeLessThan(5_000);
  });
});

describe('D3 the listening connections to Redis killed', () => {
  it.each(SEEDS)('twenty times, and nothing is missed (seed %i)', async (seed) => {
    stage = await Stage.open();
    const load = await Load.begin(stage, seed);
    const random = new Random(seed);
    for (let n = 0; n < 20; n += 1) {
      await load.goesOnFor(random.between(50, short(300, { long: 3_000 })));
      await stage.redis.cutListeners();
    }
    await load.goesOnFor(1_000);
    expect(await load.end()).toEqual([]);
    report('D3', seed, [figure('killed: p99 of a delivery', load.p99.delivery(), 'ms')]);
  });
});

/** A true event, made into one that never happened. */
function forge(overheard: string, roomId: string, seq: number): string {
  const [, text = ''] = /^[\w-]{43}\.(.*)$/s.exec(overheard) ?? [];
  const event = text.includes('"MessageSent"') ? JSON.parse(text) : { __typename: 'MessageSent' };
  const cursor = encodeCursor(roomId, seq);
  const message = { ...event.message, id: randomUUID(), roomId, seq, cursor, content: 'forged' };
  return JSON.stringify({ ...event, roomId, seq, cursor, message });
}

describe('D3 lies on the bus', () => {
  it.each(SEEDS)(
    'reach nobody: rubbish, forged events, and true ones told again or elsewhere (seed %i)',
    async (seed) => {
      stage = await Stage.open();
      const load = await Load.begin(stage, seed);
      const random = new Random(seed);
      const mallory = new Redis(stage.redis.url);
      const overheard: string[] = [];
      const ear = new Redis(stage.redis.url);
      ear.on('pmessage', (_pattern, _channel, text) => {
        overheard[random.between(0, 99)] = text;
      });
      await ear.psubscribe('chat:v1:*');
      const lies = short(500, { long: 5_000 });
      for (let n = 0; n < lies; n += 1) {
        const roomId = random.of(load.rooms);
        const latest =
          load.recording.listenings.find((listening) => listening.roomId === roomId)?.seen.at(-1)?.seq ?? 0;
        const seq = Math.max(1, latest + random.between(-2, 3));
        const overheardOne = overheard[random.between(0, 99)] ?? 'nothing';
        const forged = forge(overheardOne, roomId, seq);
        const lie = random.of([
          'rubbish',
          'null',
          forged,
          `${'A'.repeat(43)}.${forged}`,
          overheardOne,
          `${overheardOne} `,
        ]);
        await mallory.publish(random.of([`chat:v1:{${roomId}}`, 'chat:v1:sessions']), lie);
        if (n % 50 === 0) await load.goesOnFor(100);
      }
      const unbelieved =
        (await stage.metric('parley_bus_forged_total', 0)) + (await stage.metric('parley_bus_forged_total', 1));
      mallory.disconnect();
      ear.disconnect();
      expect(await load.end()).toEqual([]);
      expect(unbelieved).toBeGreaterThan(lies / 2);
      report('D3', seed, [
        figure('lies told', lies, 'times'),
        figure('lies seen through, at two processes', unbelieved, 'times'),
      ]);
    },
  );
});
