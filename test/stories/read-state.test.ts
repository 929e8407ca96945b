// How far people have read: what waits for them, who moves it, and who hears of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NOWHERE } from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import type { RoomSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const STATE = 'viewerReadState { lastReadSeq unreadCount mentionCount notify }';
const READ = `query ($id: ID!) { room(id: $id) { ${STATE} } }`;
const MARK = `mutation ($input: MarkReadInput!) { markRead(input: $input) { id headSeq ${STATE} } }`;
const NOTIFY = `mutation ($roomId: ID!, $level: NotifyLevel!) { setNotify(roomId: $roomId, level: $level) { ${STATE} } }`;
const ALL_ROOMS = `query ($first: Int) { viewer { rooms(first: $first) { nodes { id ${STATE} } } } }`;

interface StateSeen {
  lastReadSeq: number;
  unreadCount: number;
  mentionCount: number;
  notify: string;
}
type Door = 'post' | 'say';

async function stateOf(guest: Guest, room: RoomSeen, door: Door = 'post'): Promise<StateSeen | null> {
  const { room: seen } = await guest.ask<{ room: { viewerReadState: StateSeen | null } }>(READ, { id: room.id }, door);
  return seen.viewerReadState;
}
const unread = async (guest: Guest, room: RoomSeen) => (await stateOf(guest, room))?.unreadCount;

async function mark(guest: Guest, room: { id: string }, seq: number, door: Door = 'post'): Promise<StateSeen> {
  const input = { roomId: room.id, seq };
  const { markRead } = await guest.ask<{ markRead: { viewerReadState: StateSeen } }>(MARK, { input }, door);
  return markRead.viewerReadState;
}

describe('what waits for somebody', () => {
  it('is what others have said since, as long as it is there', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    expect(await stateOf(bob, room)).toEqual({ lastReadSeq: 2, unreadCount: 0, mentionCount: 0, notify: 'ALL' });

    const first = await ada.send(room, 'first');
    const second = await ada.send(room, 'second');
    await ada.send(room, 'third');
    expect(await stateOf(bob, room)).toMatchObject({ lastReadSeq: 2, unreadCount: 3 });
    expect(await unread(ada, room)).toBe(0);

    await ada.delete(second);
    expect(await unread(bob, room)).toBe(2);
    await ada.edit(first, 'first, and better');
    expect(await unread(bob, room)).toBe(2);
  });

  it.each(['post', 'say'] as const)('moves up to where they have read, and never back (%s)', async (door) => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const sent = [];
    for (const word of ['one', 'two', 'three']) sent.push(await ada.send(room, word));
    const [one, two, three] = sent.map(({ seq }) => seq) as [number, number, number];

    expect(await mark(bob, room, two, door)).toMatchObject({ lastReadSeq: two, unreadCount: 1 });
    expect(await mark(bob, room, one, door)).toMatchObject({ lastReadSeq: two, unreadCount: 1 });
    expect(await mark(bob, room, 0, door)).toMatchObject({ lastReadSeq: two });
    expect(await mark(bob, room, three, door)).toMatchObject({ lastReadSeq: three, unreadCount: 0 });
    expect(await stateOf(bob, room, door)).toMatchObject({ lastReadSeq: three, unreadCount: 0 });
    expect(await stateOf(ada, room, door)).toMatchObject({ lastReadSeq: three });
  });

  it('is nothing right after they have spoken themselves, whatever they then delete', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    await ada.send(room, 'are you there?');
    const answer = await bob.send(room, 'yes');
    expect(await stateOf(bob, room)).toMatchObject({ lastReadSeq: answer.seq, unreadCount: 0 });
    await bob.delete(answer);
    expect(await unread(bob, room)).toBe(0);
    expect(await unread(ada, room)).toBe(0);
    await ada.send(room, 'still?');
    expect(await stateOf(bob, room)).toMatchObject({ lastReadSeq: answer.seq, unreadCount: 1 });
    expect(await mark(bob, room, 1)).toMatchObject({ lastReadSeq: answer.seq, unreadCount: 1 });
  });

  it('is counted up to a hundred', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const sent = await Promise.all(Array.from({ length: 103 }, (_, n) => ada.send(room, `number ${n}`)));
    expect(await unread(bob, room)).toBe(100);
    const seqs = sent.map(({ seq }) => seq).sort((a, b) => a - b);
    expect(await mark(bob, room, seqs[3] ?? 0)).toMatchObject({ unreadCount: 99 });
    expect(await mark(bob, room, seqs[2] ?? 0)).toMatchObject({ unreadCount: 99 });
  });

  it('begins where they joined, and again where they came back', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('square', { kind: 'PUBLIC' });
    await ada.send(room, 'before Bob');
    expect(await stateOf(bob, room)).toBeNull();
    await bob.join(room);
    expect(await stateOf(bob, room)).toMatchObject({ lastReadSeq: 3, unreadCount: 0 });
    await ada.send(room, 'hello Bob');
    expect(await unread(bob, room)).toBe(1);
    await bob.leaveRoom(room);
    expect(await stateOf(bob, room)).toBeNull();
    await ada.send(room, 'bye');
    await bob.join(room);
    expect(await unread(bob, room)).toBe(0);
  });

  it('is told of a hundred rooms at once', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const rooms: RoomSeen[] = [];
    while (rooms.length < 99)
      rooms.push(
        ...(await Promise.all(Array.from({ length: 9 }, () => ada.createRoom('one of many', { with: [bob] })))),
      );
    await Promise.all(rooms.slice(0, 10).map((room) => ada.send(room, 'hello')));
    const { viewer } = await bob.ask<{ viewer: { rooms: { nodes: { id: string; viewerReadState: StateSeen }[] } } }>(
      ALL_ROOMS,
      { first: 100 },
    );
    const counts = new Map(viewer.rooms.nodes.map(({ id, viewerReadState }) => [id, viewerReadState.unreadCount]));
    expect(rooms.map(({ id }) => counts.get(id))).toEqual([...Array(10).fill(1), ...Array(89).fill(0)]);
    expect(counts.size).toBe(100); // with the lobby
  });
});

describe('how much they want to hear', () => {
  it('is kept for each room, and changes nothing that is read', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const { seq } = await ada.send(room, 'hello');
    for (const level of ['MENTIONS', 'NONE', 'NONE'])
      expect(await bob.ask(NOTIFY, { roomId: room.id, level })).toEqual({
        setNotify: { viewerReadState: { lastReadSeq: 2, unreadCount: 1, mentionCount: 0, notify: level } },
      });
    expect(await mark(bob, room, seq)).toMatchObject({ notify: 'NONE', unreadCount: 0 });
    expect(await stateOf(ada, room)).toMatchObject({ notify: 'ALL' });
  });
});

describe('marking', () => {
  it('ahead of the room is refused, and says where the room stands', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    await expect(mark(ada, room, 2)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'seq', limit: 1 });
    await expect(mark(ada, room, -1)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'seq', limit: 0 });
    expect(await stateOf(ada, room)).toMatchObject({ lastReadSeq: 1 });
  });

  it('goes on in a room that is archived', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const { seq } = await ada.send(room, 'the end');
    await ada.ask('mutation ($roomId: ID!) { archiveRoom(roomId: $roomId) { id } }', { roomId: room.id });
    expect(await mark(bob, room, seq)).toMatchObject({ unreadCount: 0 });
  });

  it('is for members: a private room does not exist for Mallory, a public one is not hers', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const secret = await ada.createRoom('secret');
    const square = await ada.createRoom('square', { kind: 'PUBLIC' });
    for (const door of ['post', 'say'] as const) {
      const answers = [];
      for (const roomId of [secret.id, NOWHERE, 'no id at all']) {
        answers.push(await mallory[door](MARK, { input: { roomId, seq: 1 } }));
        answers.push(await mallory[door](NOTIFY, { roomId, level: 'NONE' }));
      }
      expect(new Set(answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code)))).toEqual(
        new Set(['NOT_FOUND']),
      );
      expect(answers[0]).toEqual(answers[2]);
      expect(answers[1]).toEqual(answers[3]);
    }
    await expect(mark(mallory, square, 1)).rejects.toHaveCode('FORBIDDEN');
    await expect(mallory.ask(NOTIFY, { roomId: square.id, level: 'NONE' })).rejects.toHaveCode('FORBIDDEN');
    expect(await stateOf(mallory, square)).toBeNull();
    await mallory.join(square);
    await mallory.leaveRoom(square);
    await expect(mark(mallory, square, 1)).rejects.toHaveCode('FORBIDDEN');
    await expect(mark(house.stranger(), square, 1)).rejects.toHaveCode('UNAUTHENTICATED');
  });
});

describe('while everybody talks, deletes and reads at once', () => {
  it('counts in the end exactly what is there, and at no time goes back', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const elsewhere = await house.elsewhere(cleo);
    const said: { id: string; seq: number }[] = [];
    const gone = new Set<string>();
    let marked = 0;

    const talking = [ada, bob].map(async (guest) => {
      for (let n = 0; n < 30; n += 1) {
        const message = await guest.send(room, `${guest.username} ${n}`);
        said.push(message);
        if (n % 3 !== 0) continue;
        await guest.delete(message);
        gone.add(message.id);
      }
    });
    let talks = true;
    const reading = [cleo, elsewhere].map(async (guest, at) => {
      let last = 0;
      while (talks) {
        const seqs = said.map(({ seq }) => seq);
        const seq = at === 0 ? Math.max(3, ...seqs) : (seqs[0] ?? 3); // one of the two is always behind
        const state = await mark(guest, room, seq);
        expect(state.lastReadSeq).toBeGreaterThanOrEqual(Math.max(seq, last));
        last = state.lastReadSeq;
        if (seq < 40) marked = Math.max(marked, seq);
        if (marked > 35) break;
      }
    });
    await Promise.all(talking);
    talks = false;
    await Promise.all(reading);

    const state = await stateOf(cleo, room);
    const left = said.filter(({ id, seq }) => seq > (state?.lastReadSeq ?? 0) && !gone.has(id));
    expect(state?.unreadCount).toBe(left.length);
    expect(left.length).toBeGreaterThan(0);
    await cleo.send(room, 'now I have read it all');
    expect(await unread(cleo, room)).toBe(0);
  }, 60_000);

  it('marks nothing for somebody after they were removed', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const { seq } = await ada.send(room, 'hello');
    const marking = Promise.allSettled(Array.from({ length: 30 }, () => mark(bob, room, seq)));
    await ada.remove(room, bob);
    for (const result of await marking) if (result.status === 'rejected') expect(result.reason).toHaveCode('NOT_FOUND');
    await expect(mark(bob, room, seq)).rejects.toHaveCode('NOT_FOUND');
  });
});
