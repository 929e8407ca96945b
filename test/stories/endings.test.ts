// How the house ends a conversation: when it stops, and when somebody does not keep up.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open({ PARLEY_SLOW_AFTER: '1s', PARLEY_DRAIN: '1500ms', PARLEY_MAX_SOCKET_MESSAGES: '2' });
});
afterEach(async () => {
  RawSocket.everyoneLeaves();
  await house.everyoneLeaves();
});
afterAll(() => house.close());

const LONG = 'x'.repeat(7_900);
const UNREAD_MAX = 524_288; // bytes that the house leaves on the way to somebody who reads nothing

describe('a reader who stalls', () => {
  it('is told so and sent away while the others go on, and misses nothing on return', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    bob.url = house.url;
    const room = await ada.createRoom('garden', { with: [bob] });
    const quick = await ada.listen(room);
    const raw = await RawSocket.greeted(house.url, bob.cookie);
    raw.subscribe('1', documents.ROOM_EVENTS, { roomId: room.id });
    const ready = await raw.next();
    raw.stall();

    let sent = 0;
    while ((await house.metric('slow_readers_total')) === 0) {
      await Promise.all(Array.from({ length: 50 }, () => ada.send(room, LONG)));
      sent += 50;
      await quick.nextOnes(50);
      if (sent > 20_000) throw new Error('The stalled reader was never sent away');
    }
    await quick.isSilent();

    raw.goOn();
    expect((await raw.closed()).code).toBe(4508);
    const frames = raw.unread.filter((frame) => frame.type === 'next');
    expect(raw.unread.some((frame) => frame.type === 'complete')).toBe(false);
    const got = frames.map((frame) => frame.payload.data.roomEvents);
    expect(got.at(-1)).toMatchObject({ __typename: 'StreamEnded', reason: 'SLOW_CONSUMER' });
    expect(got.length * LONG.length).toBeLessThan(UNREAD_MAX);
    const cursor = got.filter((item) => item.seq).at(-1)?.cursor ?? ready.payload.data.roomEvents.cursor;
    const resumed = await bob.listen(room, { after: cursor });
    const missed = await resumed.nextOnes(resumed.ready.replayed ?? 0);
    const seqs = [...got, ...missed].flatMap(({ seq }) => seq ?? []);
    expect(seqs).toEqual(Array.from({ length: sent }, (_, n) => n + 3));
  }, 60_000);
});

describe('a reader who never says that anything was read', () => {
  it('is sent away too, however often they say that they are there', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    bob.url = house.url;
    const room = await ada.createRoom('garden', { with: [bob] });
    const raw = await RawSocket.greeted(house.url, bob.cookie, { autoPong: false });
    raw.subscribe('1', documents.ROOM_EVENTS, { roomId: room.id });
    await raw.next();
    const talking = setInterval(() => raw.send({ type: 'ping' }), 500);
    try {
      for (let n = 0; n < 50; n += 1) await ada.send(room, LONG);
      expect((await raw.closed()).code).toBe(4508);
    } finally {
      clearInterval(talking);
    }
    const told = raw.unread.filter(({ type }) => type === 'next').map(({ payload }) => payload.data.roomEvents);
    expect(told.at(-1)).toMatchObject({ __typename: 'StreamEnded', reason: 'SLOW_CONSUMER' });
    expect(told.length * LONG.length).toBeLessThan(UNREAD_MAX);
  });
});

describe('a reader who was long away', () => {
  it('is given megabytes, and may answer for them as often as they are asked', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const start = await ada.listen(room);
    const sent = 300;
    for (let n = 0; n < sent; n += 50) await Promise.all(Array.from({ length: 50 }, () => ada.send(room, LONG)));
    const back = await ada.listen(room, { after: start.ready.cursor });
    expect(await back.nextOnes(sent)).toHaveLength(sent);
  });
});

describe('a connection on which nothing was ever said', () => {
  it('holds nobody up who is told to stop', async () => {
    const { hostname, port } = new URL(house.url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    house.processes[0]?.terminate();
    expect(await house.processes[0]?.ended()).toEqual({ code: 0, signal: null });
    silent.destroy();
    await house.restart();
  });
});

describe('a process that is told to stop', () => {
  it('takes nobody new, tells streams when to come back, closes with 1001, and ends well', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const before = await ada.send(room, 'before');
    const raw = await RawSocket.greeted(house.url, ada.cookie);
    raw.subscribe('1', documents.ROOM_EVENTS, { roomId: room.id });
    expect(await raw.next()).toMatchObject({ payload: { data: { roomEvents: { __typename: 'StreamReady' } } } });
    const waiting = await Promise.all(Array.from({ length: 8 }, () => RawSocket.greeted(house.url, ada.cookie)));
    const [first] = house.processes;

    first?.terminate();
    await until(
      'the house to say that it stops',
      async () => (await fetch(`${house.url}/health/ready`)).status,
      (status) => status === 503,
    );
    expect(await RawSocket.knock(house.url, { cookie: ada.cookie }).status()).toBe(503);

    const last = await raw.next();
    expect(last).toMatchObject({
      id: '1',
      type: 'next',
      payload: { data: { roomEvents: { reason: 'SERVER_DRAINING', cursor: before.cursor } } },
    });
    expect(last.payload.data.roomEvents.retryAfterMs).toBeGreaterThan(0);
    expect((await raw.closed()).code).toBe(1001); // and no `complete` before it: that would tell clients to stay away
    expect(raw.unread).toEqual([]);
    for (const socket of waiting) expect((await socket.closed()).code).toBe(1001);
    expect(await first?.ended()).toEqual({ code: 0, signal: null });

    await house.restart();
    const heard = await ada.listen(room, { after: last.payload.data.roomEvents.cursor });
    expect(heard.ready).toMatchObject({ start: 'RESUMED', replayed: 0 });
  });
});
