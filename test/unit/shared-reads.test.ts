// Pages of the log that several readers share, over a log that a test holds in its hand.
import { describe, expect, it, jest } from '@jest/globals';
import type { RoomEvent } from '../../src/rooms/room.events.js';
import { SharedReads } from '../../src/rooms/shared-reads.js';

/** A log in which so much has happened, and what was asked of it. */
function logOf(head: number) {
  const log = { head, asked: [] as string[], broken: false };
  const read = async (after: number, limit: number): Promise<RoomEvent[]> => {
    log.asked.push(`${after}+${limit}`);
    if (log.broken) throw new Error('away');
    return Array.from(
      { length: Math.min(limit, log.head - after) },
      (_, n) => ({ seq: after + 1 + n }) as unknown as RoomEvent,
    );
  };
  return { log, reads: new SharedReads(read) };
}

describe('those who come back together', () => {
  it('are given the very same events, read once', async () => {
    const { log, reads } = logOf(100);
    const [ada, bob] = await Promise.all([reads.after(0, 8), reads.after(0, 8)]);
    expect(ada.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(bob).toBe(ada);
    expect(await reads.after(0, 8)).toBe(ada);
    expect(await reads.after(8, 8)).not.toBe(ada);
    expect(log.asked).toEqual(['0+8', '8+8']);
  });

  it('are not given what was read before something changed it', async () => {
    const { log, reads } = logOf(100);
    const early = reads.after(0, 8); // on its way when it happens
    reads.clear();
    const late = await reads.after(0, 8);
    expect(late).not.toBe(await early);
    expect(await reads.after(0, 8)).toBe(late);
    expect(log.asked).toEqual(['0+8', '0+8']);
  });

  it('are told of what has happened since', async () => {
    const { log, reads } = logOf(3);
    expect(await reads.after(0, 8)).toHaveLength(3);
    log.head = 20;
    expect(await reads.after(0, 8)).toHaveLength(8);
  });

  it('all hear that the log does not answer, and ask it again', async () => {
    const { log, reads } = logOf(100);
    log.broken = true;
    const asked = await Promise.allSettled([reads.after(0, 8), reads.after(0, 8)]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    log.broken = false;
    expect(await reads.after(0, 8)).toHaveLength(8);
    expect(log.asked).toEqual(['0+8', '0+8']);
  });

  it('cost the memory of a few pages, and of those only for a moment', async () => {
    jest.useFakeTimers();
    try {
      const { log, reads } = logOf(1_000);
      for (let after = 0; after < 20 * 8; after += 8) await reads.after(after, 8);
      await reads.after(19 * 8, 8);
      expect(log.asked).toHaveLength(20);
      await reads.after(0, 8); // the oldest of the twenty is gone
      expect(log.asked).toHaveLength(21);
      await jest.advanceTimersByTimeAsync(1_000);
      await reads.after(19 * 8, 8);
      expect(log.asked).toHaveLength(22);
    } finally {
      jest.useRealTimers();
    }
  });
});
