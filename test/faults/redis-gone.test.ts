// D2 and D4: Redis is a hint. Killed and back empty, or absent at the start: delivery goes on from the log.
import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/wait.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Load } from './bench/load.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

const conditions = async () =>
  (await Promise.all([stage.ready(0), stage.ready(1)])).map(({ condition }) => condition).join();

describe('D2 Redis killed, away, and back empty', () => {
  it.each(SEEDS)('delays delivery and harms nothing (seed %i)', async (seed) => {
    stage = await Stage.open();
    const load = await Load.begin(stage, seed);
    await load.goesOnFor(short(2_000, { long: 20_000 }));
    const from = performance.now();
    await stage.redis.kill();
    await load.goesOnFor(short(5_000, { long: 10_000 }));
    expect(await conditions()).toBe('degraded,degraded');
    const to = performance.now();
    await stage.redis.start();
    await until('both to hear the bus again', conditions, (now) => now === 'ok,ok');
    const back = performance.now() - to;
    await load.goesOnFor(short(2_000, { long: 30_000 }));
    expect(await load.end()).toEqual([]);
    report('D2', seed, [
      figure('messages acknowledged', load.sent, 'messages'),
      figure('p99 of a send meanwhile', load.p99.send(from, to), 'ms', 300),
      figure('p99 of a send before', load.p99.send(0, from), 'ms'),
      figure('p99 of a delivery meanwhile', load.p99.delivery(from, to), 'ms', 2_500),
      figure('p99 of a delivery before', load.p99.delivery(0, from), 'ms'),
      figure('until the bus is heard again', back, 'ms'),
    ]);
  });
});

describe('D4 Redis absent at the start', () => {
  it.each(SEEDS)('serves, says that it is degraded, and becomes live by itself (seed %i)', async (seed) => {
    stage = await Stage.open({ redis: false });
    expect(await stage.ready(0)).toEqual({ status: 200, condition: 'degraded' });
    const load = await Load.begin(stage, seed);
    await load.goesOnFor(short(2_000, { long: 10_000 }));
    const to = performance.now();
    await stage.redis.start();
    await until('both to hear the bus', conditions, (now) => now === 'ok,ok');
    const live = performance.now() - to;
    await load.goesOnFor(short(2_000, { long: 10_000 }));
    expect(await load.end()).toEqual([]);
    report('D4', seed, [
      figure('p99 of a delivery without Redis', load.p99.delivery(0, to), 'ms', 2_500),
      figure('until it is live by itself', live, 'ms'),
    ]);
  });
});
