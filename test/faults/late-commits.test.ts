// D7 and D8: transactions that commit late, readers who page and resume meanwhile, and cursors of every kind.
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCursor } from '../../src/core/cursor.js';
import type { Guest } from '../support/guest.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Random } from './bench/random.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

const oneToTheNext = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** Pages forward for as long as there is more to come. Tells the seqs of the messages in the order it met them. */
async function page(guest: Guest, roomId: string, talking: () => boolean): Promise<number[]> {
  const seqs: number[] = [];
  for (let after: string | undefined; ; ) {
    const last = !talking();
    const { nodes, pageInfo } = await guest.history(roomId, { first: 100, after });
    seqs.push(...nodes.map(({ seq }) => seq));
    after = pageInfo.endCursor ?? after;
    if (last && !pageInfo.hasNextPage) return seqs;
  }
}

/** Listens, leaves after a few events, and resumes, until the room is at `head`. Tells the seqs of all events. */
async function resume(guest: Guest, roomId: string, random: Random, head: Promise<number>): Promise<number[]> {
  const seqs: number[] = [];
  let end = Number.POSITIVE_INFINITY;
  head.then(
    (seq) => {
      end = seq;
    },
    () => {},
  );
  let after = encodeCursor(roomId, 0);
  while ((seqs.at(-1) ?? 0) < end) {
    const heard = await guest.listen(roomId, { after });
    for (let left = random.between(1, 300); left > 0 && (seqs.at(-1) ?? 0) < end; left -= 1) {
      const next = heard.next();
      next.catch(() => {}); // it never comes when this one had heard everything before the head was known
      await Promise.race([next, head]);
      if ((seqs.at(-1) ?? 0) >= end) break;
      const { seq = 0, cursor } = await next;
      seqs.push(seq);
      after = cursor;
    }
    heard.stop();
  }
  return seqs;
}

describe('D7 many at once, transactions that commit late', () => {
  it.each(SEEDS)('hide no message from anybody who pages or resumes (seed %i)', async (seed) => {
    stage = await Stage.open();
    stage.site(1).toPostgres.delay(() => Math.random() * 5); // its transactions stay open for several round trips
    const random = new Random(seed);
    const [ada, bob, cleo] = (await stage.people(3)) as [Guest, Guest, Guest];
    const { id: roomId } = await ada.createRoom('garden', { with: [bob, cleo] });
    const count = short(2_000, { long: 20_000 });
    let left = count;
    let talking = true;
    const lanes = Array.from({ length: 64 }, async (_, n) => {
      for (const guest = n % 2 ? ada : bob; left > 0; ) {
        left -= 1;
        await guest.send(roomId, `message ${left}`);
      }
    });
    const roles = (async () => {
      ada.url = stage.url;
      for (let n = 0; talking; n += 1) await ada.setRole(roomId, cleo, n % 2 ? 'MEMBER' : 'MODERATOR');
    })();
    const head = (async () => {
      await Promise.all(lanes);
      talking = false;
      await roles;
      return (await ada.ask<{ room: { headSeq: number } }>(`{ room(id: "${roomId}") { headSeq } }`)).room.headSeq;
    })();
    const pagers = [ada, bob, cleo].map((guest) => page(guest, roomId, () => talking));
    const resumers = Array.from({ length: 4 }, async () => {
      const elsewhere = await cleo.elsewhere();
      return resume(elsewhere, roomId, random.fork(), head).finally(() => elsewhere.leave());
    });

    const end = await head;
    const resumed = await Promise.all(resumers);
    for (const seqs of resumed) expect(seqs).toEqual(oneToTheNext(1, end));
    const [first, ...others] = await Promise.all(pagers);
    expect(first).toHaveLength(count);
    expect(new Set(first).size).toBe(count);
    for (const seqs of others) expect(seqs).toEqual(first);
    report('D7', seed, [
      figure('messages, over 64 connections', count, 'messages'),
      figure('events, late ones among them', end, 'events'),
      figure('readers who paged or resumed meanwhile', pagers.length + resumers.length, 'readers'),
    ]);
  });
});

describe('D8 cursors that are old, foreign, from the future, or garbage', () => {
  it.each(SEEDS)('resume or are refused, and nothing else (seed %i)', async (seed) => {
    stage = await Stage.open({ settings: { PARLEY_MAX_SOCKET_MESSAGES: '100000' } }); // one socket asks for all of them
    const [ada] = (await stage.people(1)) as [Guest];
    const { id: roomId } = await ada.createRoom('garden');
    const { id: another } = await ada.createRoom('balcony');
    for (let n = 0; n < 5; n += 1) await ada.send(roomId, `message ${n}`);

    const old = await ada.listen(roomId, { after: encodeCursor(roomId, 0) });
    expect(old.ready).toMatchObject({ start: 'RESUMED', replayed: 6 });
    expect((await old.nextOnes(6)).map(({ seq }) => seq)).toEqual(oneToTheNext(1, 6));
    await old.isSilent();

    const bad = fc.oneof(
      fc.string({ maxLength: 60 }).filter((text) => text !== ''),
      fc.base64String({ minLength: 4, maxLength: 40 }),
      fc.integer({ min: 0, max: 6 }).map((seq) => encodeCursor(another, seq)),
      fc.integer({ min: 7, max: 4_294_967_295 }).map((seq) => encodeCursor(roomId, seq)),
      fc.integer({ min: 1, max: 27 }).map((length) => encodeCursor(roomId, 3).slice(0, length)),
      fc.integer({ min: 0, max: 6 }).map((seq) => `${encodeCursor(roomId, seq)}A`),
    );
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(bad, async (cursor) => {
        tried += 1;
        const field = { field: 'after' };
        await expect(ada.history(roomId, { first: 1, after: cursor })).rejects.toHaveCode('BAD_USER_INPUT', field);
        await expect(ada.listen(roomId, { after: cursor })).rejects.toHaveCode('BAD_USER_INPUT', field);
      }),
      { seed, numRuns: short(100, { long: 2_000 }), endOnFailure: true },
    );
    report('D8', seed, [figure('bad cursors refused, over both doors', tried, 'cursors')]);
    await ada.leave();
  });
});
