// D1: kill -9, again and again, while people talk at both processes.
import { afterEach, describe, expect, it } from '@jest/globals';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Load } from './bench/load.js';
import { Random } from './bench/random.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

describe('D1 one of two processes killed, again and again', () => {
  it.each(SEEDS)('loses, doubles and reorders nothing; everyone is live again soon (seed %i)', async (seed) => {
    stage = await Stage.open();
    const random = new Random(seed);
    const load = await Load.begin(stage, seed);
    const kills = short(3, { long: 10 });
    for (let n = 0; n < kills; n += 1) {
      await load.goesOnFor(random.between(1_000, 4_000));
      const at = random.between(0, 1);
      await stage.kill(at);
      await load.goesOnFor(random.between(0, 1_500));
      await stage.start(at);
    }
    await load.goesOnFor(2_000);
    expect(await load.end()).toEqual([]);
    report('D1', seed, [
      figure('kills', kills, 'times'),
      figure('messages acknowledged', load.sent, 'messages'),
      figure('longest time without a stream', load.longestOutage, 'ms', 8_000),
      figure('p99 of a send', load.p99.send(), 'ms'),
      figure('p99 of a delivery', load.p99.delivery(), 'ms'),
    ]);
    expect(load.longestOutage).toBeLessThan(8_000);
  });
});
