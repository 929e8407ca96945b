// Whether a reader keeps up: a matter of coming closer, not of being close.
import { describe, expect, it } from '@jest/globals';
import { Pace } from '../../src/gateway/pace.js';

/** Looks once a second at a reader who is so far behind. Tells for how long it was stuck in the end, in ms. */
function afterLags(...lags: number[]): number {
  const pace = new Pace();
  let stuck = 0;
  for (const [second, lag] of lags.entries()) stuck = pace.stuckFor(lag, 1_000 * second);
  return stuck;
}

describe('a reader', () => {
  it('who is close keeps up, whatever happens', () => {
    expect(afterLags(0, 900, 1_000, 999, 1_000)).toBe(0);
  });

  it('who is far behind and comes closer keeps up, for as long as it takes', () => {
    expect(afterLags(90_000, 80_000, 70_000, 60_000)).toBe(0);
    expect(afterLags(90_000, 80_000, 85_000, 79_999)).toBe(0);
  });

  it('who falls further behind is stuck from when it was closest', () => {
    expect(afterLags(500, 1_100, 1_200, 1_300, 1_250)).toBe(3_000);
    expect(afterLags(2_000, 2_000, 2_000)).toBe(2_000);
  });

  it('who was close in between begins anew', () => {
    expect(afterLags(1_100, 1_200, 1_300, 10, 1_400, 1_500)).toBe(1_000);
  });
});
