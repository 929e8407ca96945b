// One person's stream, over a log that a test holds in its hand: what it reads, and how much of it at once.
import { describe, expect, it, jest } from '@jest/globals';
import type { RoomEvent } from '../../src/rooms/room.events.js';
import { RoomKind } from '../../src/rooms/room.model.js';
import type { RoomTail } from '../../src/rooms/room-feed.js';
import { RoomStream } from '../../src/rooms/room-stream.js';

const HEAD = 500;

/** Resumes at the beginning of a room in which `HEAD` messages of that text were said, none of them in memory. */
function resume(content: string, after = 0) {
  const asked: number[] = [];
  const readAfter = async (after: number, limit: number) => {
    asked.push(limit);
    return Array.from({ length: Math.min(limit, HEAD - after) }, (_, n) => {
      const seq = after + 1 + n;
      return { __typename: 'MessageSent', roomId: 'garden', seq, message: { content } } as unknown as RoomEvent;
    });
  };
  const tail: RoomTail = { head: HEAD, room: {}, at: () => undefined, readAfter, onNews: () => {}, close: () => {} };
  const beginning = {
    roomId: 'garden',
    roomKind: RoomKind.PUBLIC,
    archived: false,
    viewerId: 'ada',
    head: HEAD,
    after,
  };
  return { stream: new RoomStream(beginning, tail), asked, tail };
}

async function readAll(stream: RoomStream): Promise<number[]> {
  const seqs: number[] = [];
  for await (const item of stream) {
    if ('seq' in item) seqs.push(item.seq as number);
    if (seqs.at(-1) === HEAD) break;
  }
  return seqs;
}

describe('a stream that resumes far back', () => {
  it('reads ever larger pages of what is short', async () => {
    const { stream, asked } = resume('hello');
    expect(await readAll(stream)).toEqual(Array.from({ length: HEAD }, (_, n) => n + 1));
    expect(asked.slice(0, 6)).toEqual([8, 8, 16, 32, 64, 128]);
  });

  it('reads to where the pages of others end, wherever it began', async () => {
    const [one, another] = [resume('hello', 3), resume('hello', 6)];
    expect(await readAll(one.stream)).toHaveLength(HEAD - 3);
    expect(await readAll(another.stream)).toHaveLength(HEAD - 6);
    expect(one.asked[0]).toBe(5);
    expect(another.asked[0]).toBe(2);
    expect(one.asked.slice(1)).toEqual(another.asked.slice(1));
  });

  it('says of what it has read that others are given the same, so that it is executed once', async () => {
    const { stream } = resume('hello');
    expect(await stream.next()).toMatchObject({ value: { __typename: 'StreamReady' } });
    expect(stream.recent).toBe(false);
    expect(await stream.next()).toMatchObject({ value: { seq: 1 } });
    expect(stream.recent).toBe(true);
  });

  it('asks once for what is little', async () => {
    const { stream, asked } = resume('hello', HEAD - 6);
    expect(await readAll(stream)).toHaveLength(6);
    expect(asked).toEqual([6]);
  });

  it('holds a quarter of a megabyte at most of what is long', async () => {
    const { stream, asked } = resume('ä'.repeat(20_000));
    expect(await readAll(stream)).toHaveLength(HEAD);
    expect(asked[0]).toBe(8);
    expect(Math.max(...asked)).toBe(13);
  });
});

describe('whoever waits for the log', () => {
  it('is as far behind as they are, unless the log takes long: that is not their fault', () => {
    jest.useFakeTimers();
    try {
      const { stream, tail } = resume('hello');
      tail.readAfter = () => new Promise(() => {});
      expect(stream.take()).toMatchObject({ __typename: 'StreamReady' });
      expect(stream.take()).toBeNull(); // it is being read
      expect(stream.lag).toBe(HEAD);
      jest.advanceTimersByTime(1_001);
      expect(stream.lag).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
