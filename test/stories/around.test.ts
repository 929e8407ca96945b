// A page of history around a place: a message, a moment, or where reading stopped.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NOWHERE } from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import type { MessageSeen, PageSeen, RoomSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const AROUND = `query ($id: ID!, $anchor: MessageAnchor!, $before: Int, $after: Int) {
  room(id: $id) { messagesAround(anchor: $anchor, countBefore: $before, countAfter: $after) {
    nodes { id seq content cursor } edges { cursor } streamCursor
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

type Anchor = Record<string, unknown>;

async function around(
  guest: Guest,
  room: RoomSeen,
  anchor: Anchor,
  counts: { before?: number; after?: number } = {},
  door: 'post' | 'say' = 'post',
): Promise<PageSeen> {
  const variables = { id: room.id, anchor, ...counts };
  return (await guest.ask<{ room: { messagesAround: PageSeen } }>(AROUND, variables, door)).room.messagesAround;
}

/** Ten messages "0" to "9" by Ada, the first two before Bob joins. */
async function tenMessages(): Promise<[ada: Guest, bob: Guest, room: RoomSeen, sent: MessageSeen[]]> {
  const [ada, bob] = await house.guests('ada', 'bob');
  const room = await ada.createRoom('square', { kind: 'PUBLIC' });
  const sent: MessageSeen[] = [];
  for (let n = 0; n < 10; n += 1) {
    if (n === 2) await bob.join(room);
    sent.push(await ada.send(room, String(n)));
  }
  return [ada, bob, room, sent];
}

const words = (page: PageSeen) => page.nodes.map(({ content }) => content).join('');
const ends = ({ pageInfo }: PageSeen) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage];

describe('a page around a message', () => {
  it.each(['post', 'say'] as const)('has what stands before it, and it with what follows (%s)', async (door) => {
    const [ada, , room, sent] = await tenMessages();
    const at = (n: number, before: number, after: number) =>
      around(ada, room, { messageId: sent[n]?.id }, { before, after }, door);

    const middle = await at(5, 2, 3);
    expect([words(middle), ...ends(middle)]).toEqual(['34567', true, true]);
    expect(middle.edges.map(({ cursor }) => cursor)).toEqual(middle.nodes.map(({ cursor }) => cursor));
    expect(middle.pageInfo).toMatchObject({ startCursor: sent[3]?.cursor, endCursor: sent[7]?.cursor });
    expect(middle.streamCursor).toBe(sent[9]?.cursor);

    const cases: [number, number, number, string, boolean, boolean][] = [
      [0, 5, 3, '012', false, true],
      [9, 3, 5, '6789', true, false],
      [5, 5, 5, '0123456789', false, false],
      [5, 4, 4, '12345678', true, true],
      [5, 0, 1, '5', true, true],
      [5, 3, 0, '234', true, true],
      [0, 3, 0, '', false, true],
    ];
    for (const [n, before, after, ...expected] of cases) {
      const page = await at(n, before, after);
      expect([n, before, after, words(page), ...ends(page)]).toEqual([n, before, after, ...expected]);
    }
    expect(words(await around(ada, room, { messageId: sent[5]?.id }, {}, door))).toBe('0123456789');
  });

  it('goes on with the pages before and after it', async () => {
    const [ada, , room, sent] = await tenMessages();
    const page = await around(ada, room, { messageId: sent[5]?.id }, { before: 1, after: 2 });
    expect(words(await ada.history(room, { last: 3, before: page.pageInfo.startCursor }))).toBe('123');
    expect(words(await ada.history(room, { first: 3, after: page.pageInfo.endCursor }))).toBe('789');
  });

  it('keeps the place of one that is deleted', async () => {
    const [ada, , room, sent] = await tenMessages();
    await ada.delete(sent[5] as MessageSeen);
    const page = await around(ada, room, { messageId: sent[5]?.id }, { before: 1, after: 2 });
    expect(page.nodes.map(({ content }) => content)).toEqual(['4', null, '6']);
  });
});

describe('a page around a moment', () => {
  it('begins its second half with the first message of that moment or later', async () => {
    const [ada, , room, sent] = await tenMessages();
    const from = async (at: string) => words(await around(ada, room, { at }, { before: 0, after: 10 }));
    for (const { createdAt } of sent) {
      const first = sent.findIndex((message) => message.createdAt >= createdAt);
      expect(await from(createdAt)).toBe('0123456789'.slice(first));
    }
    expect(await from('2000-01-01T00:00:00.000Z')).toBe('0123456789');
    expect(await from('2100-01-01T00:00:00.000Z')).toBe('');
    const page = await around(ada, room, { at: '2100-01-01T00:00:00.000Z' }, { before: 3, after: 3 });
    expect([words(page), ...ends(page)]).toEqual(['789', true, false]);
  });

  it('is empty in an empty room', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    for (const anchor of [{ at: '2020-01-01T00:00:00.000Z' }, { firstUnread: true }]) {
      const page = await around(ada, room, anchor);
      expect([page.nodes, ...ends(page)]).toEqual([[], false, false]);
    }
  });
});

describe('a page where reading stopped', () => {
  it('begins its second half with what is unread', async () => {
    const [ada, bob, room, sent] = await tenMessages();
    const from = async (guest: Guest) =>
      words(await around(guest, room, { firstUnread: true }, { before: 0, after: 10 }));
    expect(await from(bob)).toBe('23456789'); // he joined after "1"
    await bob.ask('mutation ($input: MarkReadInput!) { markRead(input: $input) { id } }', {
      input: { roomId: room.id, seq: sent[6]?.seq },
    });
    expect(await from(bob)).toBe('789');
    const page = await around(bob, room, { firstUnread: true }, { before: 2, after: 1 });
    expect([words(page), ...ends(page)]).toEqual(['567', true, true]);
    expect(await from(ada)).toBe('');
    const [mallory] = await house.guests('mallory'); // reads, but is no member: nothing is unread
    expect(words(await around(mallory, room, { firstUnread: true }, { before: 2, after: 2 }))).toBe('89');
  });
});

describe('what is no place', () => {
  it('is refused with the field that is wrong', async () => {
    const [ada, , room, sent] = await tenMessages();
    const other = await ada.createRoom('garden');
    const message = await ada.send(other, 'elsewhere');
    const refused = (anchor: Anchor, counts = {}) => around(ada, room, anchor, counts);
    for (const messageId of [message.id, 'nowhere', NOWHERE])
      await expect(refused({ messageId })).rejects.toHaveCode('NOT_FOUND', { field: 'anchor.messageId' });
    await expect(refused({ firstUnread: false })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'anchor.firstUnread' });
    const anchor = { messageId: sent[0]?.id };
    await expect(refused(anchor, { before: -1 })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'countBefore' });
    await expect(refused(anchor, { after: -1 })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'countAfter' });
    await expect(refused(anchor, { before: 51, after: 50 })).rejects.toHaveCode('BAD_USER_INPUT', { limit: 100 });
    await expect(refused(anchor, { before: 0, after: 0 })).rejects.toHaveCode('BAD_USER_INPUT');
    // Exactly one of them: the schema says so itself.
    await expect(refused({})).rejects.toHaveCode('BAD_USER_INPUT');
    await expect(refused({ messageId: sent[0]?.id, firstUnread: true })).rejects.toHaveCode('BAD_USER_INPUT');
  });

  it('is nowhere for Mallory', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const room = await ada.createRoom('secret');
    const { id } = await ada.send(room, 'psst');
    expect(await mallory.post(AROUND, { id: room.id, anchor: { messageId: id } })).toEqual({ data: { room: null } });
  });
});
