// P4: two hundred people sign in at the same moment. Some are let in, the surplus is told when to come back, and those who
// talk meanwhile hardly notice.
import { afterEach, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { Guest, PASSWORD } from '../support/guest.js';
import { figure, percentile, report } from './bench/figures.js';
import { SEEDS } from './bench/length.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

const RUSH = 200; // sign-ins

describe('P4 two hundred sign-ins at once', () => {
  it.each(SEEDS)('are let in or told when to come back, and sends go on (seed %i)', async (seed) => {
    stage = await Stage.open({ processes: 1 });
    const [ada, bob] = (await stage.people(2)) as [Guest, Guest];
    const room = await ada.createRoom('garden');
    const input = { username: bob.username, password: PASSWORD };
    let rushing = true;
    const took: number[] = [];
    const talking = (async () => {
      while (rushing) {
        const began = performance.now();
        await ada.send(room, 'anybody else here?');
        took.push(performance.now() - began);
      }
    })();
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: RUSH }, () => new Guest(stage.url).post(documents.SIGN_IN, { input })),
    );
    const over = performance.now() - began;
    rushing = false;
    await talking;

    const codes = answers.map(({ errors }) => errors?.[0]?.extensions ?? { code: 'ok' });
    const letIn = codes.filter(({ code }) => code === 'ok').length;
    const surplus = codes.filter(({ code }) => code === 'RATE_LIMITED');
    expect(letIn).toBeGreaterThan(0);
    expect(letIn + surplus.length).toBe(RUSH);
    for (const { retryAfterMs } of surplus) expect(retryAfterMs).toBeGreaterThan(0);
    report('P4', seed, [
      figure('let in', letIn, 'people'),
      figure('told when to come back', surplus.length, 'people'),
      figure('until all were answered', over, 'ms'),
      figure('p99 of a send meanwhile', percentile(took, 0.99), 'ms', 500),
    ]);
  });
});
