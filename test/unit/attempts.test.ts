// Which tries count as guesses, on a clock of the test's own.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Attempts } from '../../src/auth/attempts.js';
import { MemoryThrottle } from '../../src/auth/throttle.memory.js';
import { readSettings } from '../../src/config/config.js';

let now: number;
let attempts: Attempts;
beforeEach(() => {
  now = 0;
  const throttle = new MemoryThrottle(Buffer.alloc(32, 'shared'), () => now);
  attempts = new Attempts(throttle, readSettings({}).settings);
});

const MINUTE = 60_000; // ms
const HOME = '192.0.2.7';
const wrong = async () => null;
const right = async () => 'Ada';
const failing = async (): Promise<string> => {
  throw new Error('too many at once');
};
/** What came of so many, in order: what was found, or how long to wait, or what went wrong. */
async function tries(count: number, compare: () => Promise<string | null>, address = HOME, name = 'ada') {
  const outcomes = [];
  for (let n = 0; n < count; n += 1) {
    outcomes.push(
      await attempts
        .guess(name, address, compare)
        .catch((error) => error.extensions?.retryAfterMs ?? (error as Error).message),
    );
  }
  return outcomes;
}
const times = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

describe('guessing', () => {
  it('is ten tries in any fifteen minutes from one address', async () => {
    await tries(1, wrong);
    now = 14 * MINUTE;
    expect(await tries(10, wrong)).toEqual([...times(9, null), MINUTE + 1]);
    now = 15 * MINUTE + 1;
    expect(await tries(2, wrong)).toEqual([null, 14 * MINUTE]); // the first is over, the nine are not
  });

  it('is fifty in any hour from all of them', async () => {
    const everywhere = Array.from({ length: 60 }, (_, n) => `10.0.0.${n}`);
    await tries(1, wrong);
    now = 59 * MINUTE;
    const outcomes = await Promise.all(everywhere.map((address) => tries(1, wrong, address)));
    expect(outcomes.flat()).toEqual([...times(49, null), ...times(11, MINUTE + 1)]);
    now = 60 * MINUTE + 1;
    expect(await tries(2, wrong, '10.0.1.1')).toEqual([null, 59 * MINUTE]);
  });

  it('is not knowing it, and not what failed before it was compared', async () => {
    expect(await tries(20, right)).toEqual(times(20, 'Ada'));
    expect(await tries(20, failing)).toEqual(times(20, 'too many at once'));
    expect(await tries(11, wrong)).toEqual([...times(10, null), 15 * MINUTE + 1]);
    expect(await tries(1, right)).toEqual([15 * MINUTE + 1]); // not even with the right one
  });

  it('is bounded for an address, whoever is there and whatever they know', async () => {
    for (let n = 0; n < 30; n += 1) await tries(10, right, HOME, `colleague-${n}`);
    expect(await tries(1, right, HOME, 'one more')).toEqual([15 * MINUTE + 1]);
  });

  it('costs nothing when it was refused: not the address, and nobody else there', async () => {
    await tries(1_000, wrong);
    expect(await tries(1, right, HOME, 'bob')).toEqual(['Ada']);
  });
});
