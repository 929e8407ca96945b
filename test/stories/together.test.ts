// Many at once: nothing is lost, doubled or out of order, and nothing gets through after a removal.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import type { Heard } from '../support/heard.js';
import { House } from '../support/house.js';
import type { HouseEvent, MessageSeen, RoomSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

/** The whole history of a room, page by page. */
async function wholeHistory(guest: Guest, room: RoomSeen): Promise<MessageSeen[]> {
  const messages: MessageSeen[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await guest.history(room, { first: 100, after });
    messages.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return messages;
    after = page.pageInfo.endCursor ?? undefined;
  }
}

/** Sends these one after the other in a few lanes, as a person with several windows would. */
async function sendAll(guest: Guest, room: RoomSeen, contents: string[], lanes = 8): Promise<MessageSeen[]> {
  const sent: MessageSeen[] = [];
  const left = [...contents];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let content = left.shift(); content !== undefined; content = left.shift())
        sent.push(await guest.send(room, content, randomUUID()));
    }),
  );
  return sent;
}

const seqs = (events: { seq?: number }[]): number[] => events.map(({ seq }) => seq ?? -1);
const oneToTheNext = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

describe('two people who talk at once', () => {
  it('both hear a thousand messages each way, once, in order, and so does history', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const [adaHears, bobHears] = await Promise.all([ada.listen(room), bob.listen(room)]);
    const numbers = Array.from({ length: 1_000 }, (_, n) => n);

    const [byAda, byBob] = await Promise.all([
      sendAll(
        ada,
        room,
        numbers.map((n) => `ada ${n}`),
      ),
      sendAll(
        bob,
        room,
        numbers.map((n) => `bob ${n}`),
      ),
    ]);

    const acknowledged = [...byAda, ...byBob].sort((a, b) => a.seq - b.seq);
    const heard = await Promise.all([adaHears.nextOnes(2_000), bobHears.nextOnes(2_000)]);
    expect(seqs(acknowledged)).toEqual(oneToTheNext(3, 2_000));
    for (const events of heard) {
      expect(seqs(events)).toEqual(oneToTheNext(3, 2_000));
      expect(events.map((event) => event.message)).toEqual(acknowledged);
    }
    expect(await wholeHistory(bob, room)).toEqual(acknowledged);
    await adaHears.isSilent();
    await bobHears.isSilent();
  }, 90_000);
});

describe('identical sends at the same moment', () => {
  it('are one message, with the same answer to all, and leave no hole', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const elsewhere = await house.elsewhere(ada);
    const keys = Array.from({ length: 40 }, () => randomUUID());

    const answers = await Promise.all(
      keys.map((key) =>
        Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? ada : elsewhere).send(room, `about ${key}`, key))),
      ),
    );

    for (const same of answers) expect(new Set(same.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
    expect(seqs(await wholeHistory(bob, room))).toEqual(oneToTheNext(3, 40));
  });
});

describe('a member who is removed while they send', () => {
  it('has nothing acknowledged that stands after the removal, and hears nothing after it', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    for (let round = 0; round < 5; round += 1) {
      const room = await ada.createRoom(`round ${round}`, { with: [bob] });
      const heard: Heard<HouseEvent> = await bob.listen(room);
      const all = await ada.listen(room);
      const sending = Promise.allSettled(Array.from({ length: 60 }, (_, n) => bob.send(room, `message ${n}`)));
      const removing = ada.remove(room, bob);
      const adaToo = Promise.all(Array.from({ length: 10 }, (_, n) => ada.send(room, `ada ${n}`)));
      const [results] = await Promise.all([sending, removing, adaToo]);

      const sent = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toHaveCode('NOT_FOUND');
      const events = await all.nextOnes(sent.length + 11);
      const removal = events.find((event) => event.__typename === 'MemberLeft')?.seq ?? 0;
      expect(seqs(events)).toEqual(oneToTheNext(3, sent.length + 11));
      expect(Math.max(0, ...seqs(sent))).toBeLessThan(removal);

      const last = await heard.nextOnes(removal - 2);
      expect(last.at(-1)).toMatchObject({ __typename: 'MemberLeft', seq: removal });
      expect(await heard.next()).toMatchObject({ reason: 'ACCESS_REVOKED' });
      expect(await heard.ended()).toBe('complete');
      all.stop();
    }
  }, 60_000);
});

describe('listeners who come while others send', () => {
  it('miss nothing between the page and the stream, and hear nothing twice', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const sending = sendAll(
      ada,
      room,
      Array.from({ length: 300 }, (_, n) => String(n)),
    );
    const joined = [];
    for (let n = 0; n < 15; n += 1) {
      const page = await bob.history(room, { last: 100 });
      joined.push({ page, heard: await bob.listen(room, { after: page.streamCursor }) });
    }
    await sending;
    const newest = await ada.send(room, 'the end');

    for (const { page, heard } of joined) {
      const last = page.nodes.at(-1)?.seq ?? 2;
      const events = await heard.nextOnes(newest.seq - last);
      expect(seqs(events)).toEqual(oneToTheNext(last + 1, newest.seq - last));
      await heard.isSilent();
    }
  }, 60_000);
});
