// D14: the wall clock of one process is an hour wrong, and set to and fro while people talk.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Load } from './bench/load.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

const HOUR = 3_600_000;
const SET_CLOCK = fileURLToPath(new URL('./bench/set-clock.js', import.meta.url));

describe('D14 the wall clock of one process an hour wrong', () => {
  it.each(SEEDS)('changes no order, no cursor, no repeat, and sends nobody away (seed %i)', async (seed) => {
    const wrong = { NODE_OPTIONS: `--import=${SET_CLOCK}`, CLOCK_WRONG_BY: String(HOUR) };
    stage = await Stage.open({ settingsOf: (at) => (at === 0 ? wrong : {}) });
    const load = await Load.begin(stage, seed);
    const turns = short(4, { long: 20 });
    for (let n = 0; n < turns; n += 1) {
      await load.goesOnFor(short(1_500, { long: 3_000 }));
      process.kill(stage.process(0).pid, 'SIGUSR2');
    }
    await load.goesOnFor(1_500);
    const lost = load.recording.listenings.reduce((sum, { outages }) => sum + outages.length, 0);
    expect(await load.end()).toEqual([]);
    expect(lost).toBe(0);
    report('D14', seed, [
      figure('times that the clock was set by two hours', turns, 'times'),
      figure('messages acknowledged', load.sent, 'messages'),
      figure('streams that lost their socket', lost, 'streams', 0),
    ]);
  });
});
