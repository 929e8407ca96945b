// Replies: a line of their own beside the main one, counted right whatever happens at once.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { House } from '../support/house.js';
import { THREAD_EVENTS, type ThreadedMessage } from '../support/message-documents.js';
import type { MessageSeen } from '../support/seen.js';
import { contentsOf, mainLine, reply, threadOf } from '../support/threads.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

describe.each(['post', 'say'] as const)('a reply, by %s', (door) => {
  it('stands in its thread, and not in the main line', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const first = await ada.send(room, 'Who comes on Saturday?');
    const one = await reply(bob, room, first, 'Me', { door });
    const two = await reply(ada, room, one, 'Me too', { door }); // to a reply: joins its thread
    await ada.send(room, 'Something else');

    expect(one).toMatchObject({
      parentId: first.id,
      thread: null,
      parent: { id: first.id, thread: { replyCount: 1 } },
    });
    expect(two).toMatchObject({
      parentId: first.id,
      parent: { thread: { replyCount: 2, lastReplyAt: two.createdAt } },
    });
    const main = await mainLine(bob, room);
    expect(contentsOf(main)).toBe('Who comes on Saturday?, Something else');
    expect(main.nodes.map(({ thread }) => thread?.replyCount)).toEqual([2, 0]);
    expect(main.nodes[1]?.thread).toMatchObject({ lastReplyAt: null });
    const thread = await threadOf(bob, first, {}, door);
    expect(contentsOf(thread?.thread?.replies)).toBe('Me, Me too');
    expect(await threadOf(bob, two, {}, door)).toMatchObject({ parent: { id: first.id }, thread: null });
    expect(await ada.ask(documents.ROOM_BY_ID, { id: room.id })).toMatchObject({
      room: { lastMessage: { content: 'Something else' } },
    });
  });

  it('is of the same room, and of one that one may speak in', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const [garden, market] = [
      await ada.createRoom('garden', { with: [bob] }),
      await ada.createRoom('market', { kind: 'PUBLIC' }),
    ];
    const [here, there] = [await ada.send(garden, 'here'), await ada.send(market, 'there')];
    const nowhere = [{ id: randomUUID() }, { id: 'nothing' }, there];

    for (const parent of nowhere) {
      await expect(reply(bob, garden, parent, 'lost', { door })).rejects.toHaveCode('NOT_FOUND', { field: 'parentId' });
      await expect(reply(bob, garden, parent, 'lost', { door, key: randomUUID() })).rejects.toHaveCode('NOT_FOUND');
    }
    await expect(reply(mallory, garden, here, 'mine', { door })).rejects.toHaveCode('NOT_FOUND');
    await expect(reply(mallory, market, there, 'mine', { door })).rejects.toHaveCode('FORBIDDEN');
    await expect(reply(mallory, market, here, 'mine', { door })).rejects.toHaveCode('FORBIDDEN');
    expect(await threadOf(mallory, here, {}, door)).toBeNull();
    expect(await threadOf(mallory, there, {}, door)).toMatchObject({ thread: { replies: { nodes: [] } } });
    expect((await mainLine(bob, garden)).nodes).toHaveLength(1);
  });

  it('is sent once with its key, into one thread', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const [first, other] = [await ada.send(room, 'first'), await ada.send(room, 'other')];
    const key = randomUUID();
    const once = await reply(ada, room, first, 'once', { door, key });

    expect(await reply(ada, room, first, 'once', { door, key })).toMatchObject({ id: once.id, parentId: first.id });
    expect(await reply(ada, room, once, 'once', { door, key })).toMatchObject({ id: once.id }); // the same thread
    for (const parent of [other, { id: randomUUID() }])
      await expect(reply(ada, room, parent, 'once', { door, key })).rejects.toHaveCode('CONFLICT', {
        field: 'clientMessageId',
      });
    await expect(ada.send(room, 'once', key)).rejects.toHaveCode('CONFLICT');
    await ada.send(room, 'main', `${key}!`);
    await expect(reply(ada, room, first, 'main', { door, key: `${key}!` })).rejects.toHaveCode('CONFLICT');
    expect((await threadOf(ada, first, {}, door))?.thread?.replies.nodes).toHaveLength(1);
  });
});

describe('a thread', () => {
  it('is heard by everyone in the room, with its count', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const first = await ada.send(room, 'first');
    type Told = { __typename: string; message: ThreadedMessage };
    const heard = bob.subscribe<Told>(THREAD_EVENTS, { roomId: room.id }, 'roomEvents');
    await heard.next(); // StreamReady
    const five = bob.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    await house.hears(2);

    const one = await reply(ada, room, first, 'one');
    const two = await reply(ada, room, first, 'two');
    await ada.delete(one);

    const told = (await heard.nextOnes(3)).map(({ __typename, message: { content, parent } }) => {
      return [__typename, content, parent?.id];
    });
    expect(told).toEqual([
      ['MessageSent', 'one', first.id],
      ['MessageSent', 'two', first.id],
      ['MessageDeleted', null, first.id],
    ]);
    expect([await five.next(), await five.next()]).toMatchObject([{ id: one.id }, { id: two.id }]);
    const resumed = bob.subscribe<Told>(THREAD_EVENTS, { roomId: room.id, after: first.cursor }, 'roomEvents');
    await resumed.next();
    const now = { id: first.id, thread: { replyCount: 1, lastReplyAt: two.createdAt } };
    expect((await resumed.nextOnes(3)).map(({ message }) => message.parent)).toEqual([now, now, now]);
  });

  it('counts what is there: no deleted reply, and each of those that come at once', async () => {
    const names = Array.from({ length: 6 }, (_, n) => `guest${n}`);
    const guests = await house.guests(...names);
    const [ada, ...others] = guests as [(typeof guests)[number], ...typeof guests];
    const room = await ada.createRoom('garden', { with: others });
    const first = await ada.send(room, 'first');

    await Promise.all(
      guests.map(async (guest, n) => {
        const mine = await Promise.all([1, 2, 3].map((each) => reply(guest, room, first, `${each} of ${n}`)));
        if (n % 2 === 0) await guest.delete(mine[0] as ThreadedMessage);
      }),
    );

    const { thread } = (await mainLine(ada, room)).nodes[0] as ThreadedMessage;
    const all = (await threadOf(ada, first))?.thread?.replies.nodes ?? [];
    expect(thread?.replyCount).toBe(18 - 3);
    expect(all).toHaveLength(18); // deleted ones keep their place
    expect(all.filter(({ deletedAt }) => deletedAt === null)).toHaveLength(15);
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  it('goes on when its first message is deleted', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const first = await ada.send(room, 'first');
    const one = await reply(bob, room, first, 'one');
    await ada.delete(first);
    await reply(bob, room, first, 'two');
    await bob.delete(one);
    await reply(ada, room, one, 'three'); // to a deleted reply

    const thread = await threadOf(bob, first);
    expect(thread).toMatchObject({ content: null, thread: { replyCount: 2 } });
    expect(contentsOf(thread?.thread?.replies)).toBe('–, two, three');
  });

  it('comes page by page, by the cursors of its room', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const first = await ada.send(room, 'first');
    const replies: ThreadedMessage[] = [];
    for (let n = 1; n <= 7; n += 1) {
      replies.push(await reply(ada, room, first, `${n}`));
      await ada.send(room, `between ${n}`);
    }
    const page = async (asked: Record<string, unknown>) => {
      const { thread } = (await threadOf(ada, first, asked)) ?? {};
      const { hasPreviousPage, hasNextPage } = thread?.replies.pageInfo ?? {};
      return [contentsOf(thread?.replies), hasPreviousPage, hasNextPage];
    };
    const cursorOf = (n: number) => replies[n - 1]?.cursor;

    expect(await page({})).toEqual(['1, 2, 3, 4, 5, 6, 7', false, false]);
    expect(await page({ first: 3 })).toEqual(['1, 2, 3', false, true]);
    expect(await page({ first: 3, after: cursorOf(3) })).toEqual(['4, 5, 6', true, true]);
    expect(await page({ last: 2 })).toEqual(['6, 7', true, false]);
    expect(await page({ last: 2, before: cursorOf(2) })).toEqual(['1', false, true]);
    expect(await page({ first: 100, after: first.cursor })).toEqual(['1, 2, 3, 4, 5, 6, 7', false, false]);
    await expect(page({ first: 3, after: 'nonsense' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'after' });
    expect(contentsOf(await mainLine(ada, room, { first: 2, after: first.cursor }))).toBe('between 1, between 2');
    expect((await mainLine(ada, room, { first: 1 })).pageInfo).toMatchObject({ hasPreviousPage: false });
    const { streamCursor } = (await threadOf(ada, first))?.thread?.replies ?? {};
    const heard = await ada.listen(room, { after: streamCursor as string });
    expect(heard.ready).toMatchObject({ replayed: 0 });
  });
});
