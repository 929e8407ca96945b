// How fast one person may speak in one room, on a clock of the test's own.
import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/config/config.js';
import { Viewer } from '../../src/core/viewer.js';
import { SendRate } from '../../src/messages/send-rate.js';

const ada = new Viewer('ada', 'session', new Date());
const bob = new Viewer('bob', 'session', new Date());

const rateOf = (env: Record<string, string> = {}) => new SendRate(readSettings(env).settings);
/** 0, or how long to wait. */
const ask = (rate: SendRate, viewer: Viewer, room: string, now: number): unknown => {
  try {
    rate.take(viewer, room, now);
    return 0;
  } catch (error) {
    return (error as { extensions: Record<string, unknown> }).extensions.retryAfterMs;
  }
};
const times = (count: number, run: () => unknown): unknown[] => Array.from({ length: count }, run);

describe('speaking', () => {
  it('is free in bursts of twenty, then ten a second', () => {
    const rate = rateOf();
    expect(times(20, () => ask(rate, ada, 'garden', 0))).toEqual(times(20, () => 0));
    expect(ask(rate, ada, 'garden', 0)).toBe(100);
    expect(ask(rate, ada, 'garden', 60)).toBe(40);
    expect(ask(rate, ada, 'garden', 100)).toBe(0);
    expect(ask(rate, ada, 'garden', 100)).toBe(100);
  });

  it('costs nothing when it was refused, and a silence fills the bucket, but never over its brim', () => {
    const rate = rateOf();
    times(100, () => ask(rate, ada, 'garden', 0));
    expect(ask(rate, ada, 'garden', 0)).toBe(100);
    expect(times(21, () => ask(rate, ada, 'garden', 3_600_000))).toEqual([...times(20, () => 0), 100]);
  });

  it('is counted for each person and each room alone', () => {
    const rate = rateOf({ PARLEY_SEND_BURST: '1' });
    expect(ask(rate, ada, 'garden', 0)).toBe(0);
    expect(ask(rate, ada, 'workshop', 0)).toBe(0);
    expect(ask(rate, bob, 'garden', 0)).toBe(0);
    expect(ask(rate, ada, 'garden', 0)).toBe(100);
  });

  it('can be left unlimited', () => {
    const rate = rateOf({ PARLEY_SEND_RATE: '0' });
    expect(times(1_000, () => ask(rate, ada, 'garden', 0))).toEqual(times(1_000, () => 0));
  });
});
