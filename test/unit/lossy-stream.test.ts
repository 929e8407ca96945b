// Streams that may skip: the newest of each key waits, the end is told once, and crowds are told of seldom.
import { describe, expect, it } from '@jest/globals';
import { Allowance } from '../../src/presence/allowance.js';
import type { ListReader } from '../../src/rooms/list-reader.js';
import { ListedRoom } from '../../src/rooms/listed-room.js';
import { LossyStream } from '../../src/rooms/lossy-stream.js';
import { StreamEndReason } from '../../src/rooms/room.events.js';

const opened = () => {
  const closed: true[] = [];
  return { stream: new LossyStream<string>(() => closed.push(true)), closed };
};
const isPending = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  return (await Promise.race([promise, new Promise((resolve) => setImmediate(() => resolve(pending)))])) === pending;
};

describe('a lossy stream', () => {
  it('keeps the newest of each key, in the order in which they came', async () => {
    const { stream } = opened();
    for (const [key, item] of ['a1', 'b1', 'a2', 'c1'].map((item) => [item[0] ?? '', item] as const))
      stream.push(key, item);
    stream.drop('c');
    expect([await stream.next(), await stream.next()]).toEqual([
      { value: 'b1', done: false },
      { value: 'a2', done: false },
    ]);
    const next = stream.next();
    expect(await isPending(next)).toBe(true);
    stream.push('a', 'a3');
    expect(await next).toEqual({ value: 'a3', done: false });
  });

  it('keeps no more than two thousand', async () => {
    const { stream } = opened();
    for (let n = 0; n < 5_000; n += 1) stream.push(`key ${n}`, `item ${n}`);
    expect(await stream.next()).toEqual({ value: 'item 3000', done: false });
  });

  it.each([
    [StreamEndReason.SESSION_ENDED, 'UNAUTHENTICATED'],
    [StreamEndReason.ACCESS_REVOKED, 'FORBIDDEN'],
  ])('ends with an error: %s', async (reason, code) => {
    const { stream, closed } = opened();
    stream.push('a', 'not told any more');
    const next = stream.next();
    await next;
    const last = stream.next();
    const ended = stream.end(reason);
    await expect(last).rejects.toHaveCode(code);
    await ended;
    expect(closed).toHaveLength(1);
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    await stream.return();
    expect(closed).toHaveLength(1);
  });

  it('completes when the room is archived', async () => {
    const { stream, closed } = opened();
    const ended = stream.end(StreamEndReason.ROOM_ARCHIVED);
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    await ended;
    expect(closed).toHaveLength(1);
  });

  it.each([StreamEndReason.SERVER_DRAINING, StreamEndReason.SLOW_CONSUMER])(
    'leaves the last word to the socket: %s',
    async (reason) => {
      const { stream, closed } = opened();
      const next = stream.next();
      const ended = stream.end(reason);
      await ended;
      stream.push('a', 'too late');
      expect(await isPending(next)).toBe(true);
      await stream.return();
      expect(await next).toEqual({ value: undefined, done: true });
      expect(closed).toHaveLength(1);
    },
  );
});

describe('the signals of a room', () => {
  it('are all passed on to a few, and a few to very many', () => {
    const passed = (listeners: number) => {
      const allowance = new Allowance();
      let count = 0;
      const now = performance.now();
      for (let ms = 0; ms < 10_000; ms += 1) if (allowance.take(listeners, now + ms)) count += 1;
      return count;
    };
    expect(passed(2)).toBeGreaterThan(9_900);
    expect(passed(100)).toBeGreaterThan(480);
    expect(passed(100)).toBeLessThan(520);
    expect(passed(10_000)).toBeGreaterThan(45);
    expect(passed(10_000)).toBeLessThan(60);
  });
});

describe('a room in many lists', () => {
  const reader = () => ({}) as ListReader;

  it('is told of at once, then once a second, and seldomer to thousands; to one alone without waiting for them', async () => {
    const ripe: true[] = [];
    const room = new ListedRoom('garden', 1, () => ripe.push(true));
    room.hearing = { confirmed: Promise.resolve(), close: () => {} };
    const crowd = Array.from({ length: 2_000 }, reader);
    for (const one of crowd) room.readers.add(one);
    const now = performance.now();
    room.touch(2);
    expect(room.takeAudience(now)).toHaveLength(2_000);
    room.touch(3);
    expect(room.takeAudience(now + 1_100)).toHaveLength(0);
    room.touchFor(crowd[7] as ListReader);
    room.touchFor(reader()); // who is not in it any more
    expect(room.takeAudience(now + 2_200)).toEqual([crowd[7]]);
    expect(room.takeAudience(now + 4_100)).toHaveLength(2_000);
    expect(room.takeAudience(now + 9_000)).toHaveLength(0);
    room.close();
  });
});
