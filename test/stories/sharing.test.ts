// Listeners who ask the same are told the same, from one execution; who asks for more than that is served alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MessageSentDocument, RoomEventsDocument } from '../../src/client/generated.js';
import * as documents from '../support/documents.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import type { HouseEvent, MessageSeen } from '../support/seen.js';
import { StrictSocket } from '../support/strict-socket.js';
import { until } from '../support/wait.js';

type Told = { data: { roomEvents: HouseEvent; messageSent: MessageSeen } };

let house: House;
const sockets: StrictSocket[] = [];
beforeAll(async () => {
  house = await House.open();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.leave();
  RawSocket.everyoneLeaves();
  await house.everyoneLeaves();
  expect(await house.metric('shared_groups')).toBe(0);
  expect(await house.metric('shared_bytes')).toBe(0);
});
afterAll(() => house.close());

const strict = async ({ url, cookie }: { url: string; cookie: string }) => {
  const socket = await StrictSocket.greeted(url, cookie);
  sockets.push(socket);
  return socket;
};

describe('listeners who ask the same', () => {
  it('are one group, whatever their cursors and the ids of their operations are', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const first = await ada.send(room, 'first');
    const socket = await strict(ada);
    const ids = ['1', 'b27c0f6e-9c9a-4a39-8f3f-7a1f0d3d8a55', 'ünï "quoted"\n'];
    for (const id of ids) socket.subscribe(id, documents.ROOM_EVENTS, { roomId: room.id, after: first.cursor });
    const other = await ada.listen(room);
    await until(
      'all to listen',
      () => house.metric('streams'),
      (open) => open === 4,
    );
    expect(await house.metric('shared_groups')).toBe(1);

    const sent = await ada.send(room, 'sécond 👩‍👩‍👧');
    expect(await other.next()).toMatchObject({ seq: sent.seq });
    await socket.until(() => ids.every((id) => socket.told(id).length === 2));
    for (const id of ids) {
      expect(socket.told<Told>(id).map(({ data }) => data.roomEvents)).toMatchObject([
        { __typename: 'StreamReady', replayed: 0 },
        { __typename: 'MessageSent', message: { content: 'sécond 👩‍👩‍👧', author: { username: ada.username } } },
      ]);
    }
  });

  it('are those who listen by the SDK, with all that it asks for', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const sockets = await Promise.all([strict(ada), strict(ada)]);
    for (const socket of sockets) {
      socket.subscribe('1', String(RoomEventsDocument), { roomId: room.id });
      socket.subscribe('2', String(MessageSentDocument), { roomId: room.id });
    }
    await house.hears(4);
    expect(await house.metric('shared_groups')).toBe(2);
  });

  it('are told when whoever came first has gone, and when one of them is removed', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const founder = await ada.listen(room);
    const bobs = await bob.listen(room);
    const cleos = await cleo.listen(room);
    founder.stop();
    const before = await ada.send(room, 'after the founder has gone');
    expect(await cleos.next()).toMatchObject({ seq: before.seq });

    await ada.remove(room, bob);
    const after = await ada.send(room, 'not for Bob');
    const bobHeard = await bobs.nextOnes(3);
    expect(bobHeard.map(({ __typename }) => __typename)).toEqual(['MessageSent', 'MemberLeft', 'StreamEnded']);
    expect(await bobs.ended()).toBe('complete');
    expect(await cleos.next()).toMatchObject({ __typename: 'MemberLeft' });
    expect(await cleos.next()).toMatchObject({ seq: after.seq, message: { content: 'not for Bob' } });
  });

  it('get long texts whole, in frames that are right at any length', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const socket = await strict(ada);
    const text = `subscription S($roomId: ID!) { messageSent(roomId: $roomId) { content once: content twice: content } }`;
    socket.subscribe('1', text, { roomId: room.id });
    await house.hears(1);
    const contents = ['x', 'ü'.repeat(40), `x${'\u2028'.repeat(7_998)}x`, '👩'.repeat(8_000), 'x'.repeat(8_000)];
    for (const content of contents) await ada.send(room, content);
    await socket.until(() => socket.told('1').length === contents.length);
    expect(socket.told('1')).toEqual(
      contents.map((content) => ({ data: { messageSent: { content, once: content, twice: content } } })),
    );
    expect(Math.max(...socket.frames.map((frame) => Buffer.byteLength(frame.text)))).toBeGreaterThan(65_535);
  });

  it('hear an edit as the text that it is now, also when they come late', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const begin = (await ada.history(room)).streamCursor;
    const early = await ada.listen(room);
    const message = await ada.send(room, 'teh');
    expect(await early.next()).toMatchObject({ message: { content: 'teh' } });
    await ada.edit(message, 'the');
    expect(await early.next()).toMatchObject({ message: { content: 'the' } });
    const late = await ada.listen(room, { after: begin });
    expect((await late.nextOnes(2)).map((event) => 'message' in event && event.message?.content)).toEqual([
      'the',
      'the',
    ]);
  });

  it('lose nothing when one of them stalls for a while', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const slow = await strict(ada);
    slow.subscribe('1', documents.MESSAGE_SENT, { roomId: room.id });
    await house.hears(1);
    const quick = await ada.listen(room);
    slow.stall();
    const count = 160; // together more than a kernel keeps for a socket, and than a group remembers
    const text = '👩'.repeat(8_000);
    for (let n = 0; n < count; n += 20) {
      await Promise.all(Array.from({ length: 20 }, () => ada.send(room, text)));
    }
    await quick.nextOnes(count); // it has not waited
    slow.goOn();
    await slow.until(() => slow.told('1').length === count);
    const seqs = slow.told<Told>('1').map(({ data }) => data.messageSent.seq);
    expect(seqs).toEqual(Array.from({ length: count }, (_, n) => (seqs[0] ?? 0) + n));
  });
});

describe('whoever asks for something that depends on who asks', () => {
  it('is told about themselves, beside the others', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const text = `subscription S($roomId: ID!) { roomEvents(roomId: $roomId) {
      __typename ... on RoomUpdated { room { topic viewerMembership { role } } } } }`;
    const sockets = await Promise.all([strict(ada), strict(bob)]);
    for (const socket of sockets) {
      socket.subscribe('1', text, { roomId: room.id });
      await socket.until(() => socket.told('1').length === 1);
    }
    expect(await house.metric('shared_groups')).toBe(0);
    await ada.ask(documents.UPDATE_ROOM, { input: { roomId: room.id, topic: 'tulips' } });
    const roles = sockets.map(async (socket) => {
      await socket.until(() => socket.told('1').length === 2);
      return socket.told<{ data: { roomEvents: { room: unknown } } }>('1')[1]?.data.roomEvents.room;
    });
    expect(await Promise.all(roles)).toEqual([
      { topic: 'tulips', viewerMembership: { role: 'OWNER' } },
      { topic: 'tulips', viewerMembership: { role: 'MEMBER' } },
    ]);
  });
});

describe('the order of what is said on a socket', () => {
  it('nothing is said of an operation that is over', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const socket = await strict(bob);
    // The strict socket throws at anything that comes for an operation after its end.
    socket.subscribe('stays', documents.MESSAGE_SENT, { roomId: (await bob.createRoom('own')).id });
    socket.subscribe('events', documents.ROOM_EVENTS, { roomId: room.id });
    socket.subscribe('messages', documents.MESSAGE_SENT, { roomId: room.id });
    await house.hears(3);
    const talking = Array.from({ length: 30 }, (_, n) => ada.send(room, `message ${n}`));
    await ada.remove(room, bob);
    await Promise.all(talking);
    const overs = () => socket.frames.flatMap(({ message }) => (message && message.type !== 'next' ? [message] : []));
    await socket.until(() => overs().length === 3);
    expect(overs()).toMatchObject([{ type: 'connection_ack' }, expect.anything(), expect.anything()]);
    expect(overs().find(({ id }) => id === 'events')).toEqual({ id: 'events', type: 'complete' });
    expect(overs().find(({ id }) => id === 'messages')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    const heard = socket.told<Told>('events').map(({ data }) => data.roomEvents.__typename);
    expect(heard.slice(-2)).toEqual(['MemberLeft', 'StreamEnded']);
  });
});
