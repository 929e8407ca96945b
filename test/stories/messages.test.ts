// Sending, hearing, editing, deleting, reading back.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { House } from '../support/house.js';
import type { MessageSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

describe('a message', () => {
  it('reaches everyone in the room, once, in order', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);

    await ada.send(room, 'first');
    await ada.send(room, 'second');

    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', seq: 3, message: { content: 'first' } });
    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', seq: 4, message: { content: 'second' } });
    await heard.isSilent();
    await expect(mallory.listen(room)).rejects.toHaveCode('NOT_FOUND');
  });

  it('is the same in answer, event and history', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);

    const answered = await ada.send(room, '  Zoe\u0308 says: "👩‍👩‍👧 2026-01-01T00:00:00.000Z" \n\tand more  ');

    const event = await heard.next();
    const page = await bob.history(room);
    expect(answered).toMatchObject({
      content: 'Zoë says: "👩‍👩‍👧 2026-01-01T00:00:00.000Z" \n\tand more',
      version: 1,
      editedAt: null,
    });
    expect(event).toMatchObject({
      at: answered.createdAt,
      cursor: answered.cursor,
      actor: { id: ada.id },
      message: answered,
    });
    expect(page.nodes).toEqual([answered]);
    expect(await bob.ask(documents.MESSAGE_BY_ID, { id: answered.id })).toMatchObject({
      message: { ...answered, room: { id: room.id } },
    });
  });

  it('comes with messageSent too, and nothing else does', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const before = await bob.history(room);
    const heard = bob.subscribe<MessageSeen>(
      documents.MESSAGE_SENT,
      { roomId: room.id, after: before.streamCursor },
      'messageSent',
    );

    const first = await ada.send(room, 'first');
    await ada.edit(first, 'first, edited');
    await ada.setRole(room, bob, 'MODERATOR');
    const second = await ada.send(room, 'second');

    expect(await heard.next()).toMatchObject({ id: first.id });
    expect(await heard.next()).toMatchObject({ id: second.id, content: 'second' });
    await heard.isSilent();

    const resumed = bob.subscribe<MessageSeen>(
      documents.MESSAGE_SENT,
      { roomId: room.id, after: first.cursor },
      'messageSent',
    );
    expect(await resumed.next()).toMatchObject({ id: second.id });
    await resumed.isSilent();
  });

  it('is sent once however often it is repeated with its key', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);
    const key = randomUUID();

    const first = await ada.send(room, 'hello', key);
    const again = await ada.send(room, 'hello', key);
    await ada.edit(first, 'edited');
    const afterEdit = await ada.send(room, 'hello', key);

    expect(again).toEqual(first);
    expect(afterEdit).toMatchObject({
      id: first.id,
      seq: first.seq,
      content: 'edited',
      version: 2,
      clientMessageId: key,
    });
    await expect(ada.send(room, 'something else', key)).rejects.toHaveCode('CONFLICT', { field: 'clientMessageId' });
    expect(await bob.send(room, 'hello', key)).toMatchObject({ author: { id: bob.id } }); // a key is one author's
    expect((await heard.nextOnes(3)).map((event) => event.__typename)).toEqual([
      'MessageSent',
      'MessageEdited',
      'MessageSent',
    ]);
    await heard.isSilent();
  });

  it('is edited by its author only, and never over somebody else’s edit', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);
    const message = await bob.send(room, 'tomatos');

    await expect(ada.edit(message, 'mine now')).rejects.toHaveCode('FORBIDDEN');
    const edited = await bob.edit(message, 'tomatoes', 1);
    await expect(bob.edit(message, 'potatoes', 1)).rejects.toHaveCode('CONFLICT', { currentVersion: 2 });
    const unchanged = await bob.edit(message, 'tomatoes');

    expect(edited).toMatchObject({ content: 'tomatoes', version: 2, seq: message.seq });
    expect(unchanged).toEqual(edited);
    await heard.next();
    expect(await heard.next()).toMatchObject({ __typename: 'MessageEdited', message: edited, at: edited.editedAt });
    await heard.isSilent();
  });

  it('loses its words for good when it is deleted, and keeps its place', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const message = await bob.send(room, 'a secret', 'key');
    await bob.edit(message, 'another secret');

    await expect(cleo.delete(message)).rejects.toHaveCode('FORBIDDEN');
    const heard = await cleo.listen(room);
    const deleted = await ada.delete(message); // an owner may
    expect(await ada.delete(message)).toEqual(deleted);

    expect(deleted).toMatchObject({ id: message.id, content: null, version: 3 });
    expect(await heard.next()).toMatchObject({
      __typename: 'MessageDeleted',
      actor: { id: ada.id },
      message: { content: null },
    });
    await heard.isSilent();
    await expect(bob.edit(message, 'back')).rejects.toHaveCode('CONFLICT', { currentVersion: 3 });
    expect(await bob.send(room, 'a secret', 'key')).toMatchObject({ id: message.id, content: null });
    expect((await cleo.history(room)).nodes).toMatchObject([{ id: message.id, content: null }]);

    const replayed = await cleo.listen(room, {
      after: (await cleo.history(room, { first: 1 })).nodes[0]?.cursor ?? '',
    });
    expect(await replayed.next()).toMatchObject({
      __typename: 'MessageEdited',
      message: { content: null, version: 3 },
    });
  });
});

describe('what may be sent', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['what nobody can see', '\u200b\u2060\ufeff'],
    ['U+0000', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800b'],
    ['a flood of combining marks', `a${'\u0301'.repeat(50)}`],
  ])('is not %s', async (_, content) => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    await expect(ada.send(room, content)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'content' });
    expect((await ada.history(room)).nodes).toEqual([]);
  });

  it('has at most 8,000 characters and 32 KiB, however they are counted', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');

    await expect(ada.send(room, 'x'.repeat(8_001))).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'content',
      limit: 8_000,
    });
    expect((await ada.send(room, '😀'.repeat(8_000))).content).toHaveLength(16_000); // 8,000 code points, 32,000 bytes
    expect((await ada.send(room, '"\\\n'.repeat(2_666))).content).toHaveLength(7_997);
  });

  it('has a key of at most 64 characters', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    await expect(ada.send(room, 'x', 'k'.repeat(65))).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'clientMessageId',
      limit: 64,
    });
    await expect(ada.send(room, 'x', '')).rejects.toHaveCode('BAD_USER_INPUT', { field: 'clientMessageId' });
  });
});

describe('history', () => {
  it('is read in both directions, with exact ends', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    for (let n = 1; n <= 7; n += 1) await ada.send(room, String(n));
    const contents = async (page: Record<string, unknown>) => {
      const { nodes, pageInfo } = await ada.history(room, page);
      return [nodes.map((node) => node.content).join(''), pageInfo.hasPreviousPage, pageInfo.hasNextPage];
    };
    const all = await ada.history(room);
    const cursorOf = (content: string) => all.nodes.find((node) => node.content === content)?.cursor;

    expect(all.nodes.map((node) => node.seq)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(all.edges.map((edge) => edge.cursor)).toEqual(all.nodes.map((node) => node.cursor));
    expect(await contents({})).toEqual(['1234567', false, false]);
    expect(await contents({ last: 3 })).toEqual(['567', true, false]);
    expect(await contents({ last: 3, before: cursorOf('5') })).toEqual(['234', true, true]);
    expect(await contents({ last: 3, before: cursorOf('3') })).toEqual(['12', false, true]);
    expect(await contents({ first: 3 })).toEqual(['123', false, true]);
    expect(await contents({ first: 3, after: cursorOf('3') })).toEqual(['456', true, true]);
    expect(await contents({ first: 3, after: cursorOf('5') })).toEqual(['67', true, false]);
    expect(await contents({ first: 3, after: cursorOf('7') })).toEqual(['', true, false]);
    expect(await contents({ last: 3, before: cursorOf('1') })).toEqual(['', false, true]);
  });

  it('tells where to subscribe, so that nothing falls between', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    await ada.send(room, 'in the page');
    const page = await bob.history(room);
    await ada.send(room, 'in between');
    const heard = await bob.listen(room, { after: page.streamCursor });
    await ada.send(room, 'after');

    expect(heard.ready).toMatchObject({ start: 'RESUMED', replayed: 1, cursor: page.streamCursor });
    expect(await heard.next()).toMatchObject({ message: { content: 'in between' } });
    expect(await heard.next()).toMatchObject({ message: { content: 'after' } });
    await heard.isSilent();
  });
});
