// One subscription for the whole list of rooms: what happened in them, which came and which went.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import type { Heard } from '../support/heard.js';
import { House, onServices } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import type { RoomSeen } from '../support/seen.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const ROOM = 'id name headSeq lastMessage { content } viewerReadState { unreadCount }';
const EVENTS = `subscription { viewerEvents { __typename at
  ... on RoomActivity { room { ${ROOM} } } ... on RoomAdded { room { ${ROOM} } } ... on RoomRemoved { roomId } } }`;
const MARK = 'mutation ($input: MarkReadInput!) { markRead(input: $input) { id } }';

interface ListedRoom {
  id: string;
  name: string;
  headSeq: number;
  lastMessage: { content: string } | null;
  viewerReadState: { unreadCount: number } | null;
}
interface EventSeen {
  __typename: string;
  at: string;
  room?: ListedRoom;
  roomId?: string;
}

async function follow(guest: Guest): Promise<Heard<EventSeen>> {
  const heard = guest.subscribe<EventSeen>(EVENTS, {}, 'viewerEvents');
  heard.ready = await heard.next();
  return heard;
}

/** Activity of that room, merged as it may be, until it shows that message. */
async function untilLast(heard: Heard<EventSeen>, content: string): Promise<EventSeen[]> {
  const events: EventSeen[] = [];
  for (;;) {
    const event = await heard.next();
    events.push(event);
    if (event.room?.lastMessage?.content === content) return events;
  }
}

describe('who follows the list of their rooms', () => {
  it('hears at first that it is ready, then of what happens in each of them', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const garden = await ada.createRoom('garden', { with: [bob] });
    const shed = await ada.createRoom('shed', { with: [bob] });
    await ada.createRoom('of Ada alone');
    const heard = await follow(bob);
    expect(heard.ready).toMatchObject({ __typename: 'ViewerReady' });
    expect(Math.abs(Date.now() - Date.parse(heard.ready.at))).toBeLessThan(20_000);

    await ada.send(garden, 'roses');
    expect(await heard.next()).toMatchObject({
      __typename: 'RoomActivity',
      room: { id: garden.id, headSeq: 3, lastMessage: { content: 'roses' }, viewerReadState: { unreadCount: 1 } },
    });
    await ada.send(shed, 'a rake');
    expect(await heard.next()).toMatchObject({ room: { id: shed.id, lastMessage: { content: 'a rake' } } });
    await heard.isSilent();
  });

  it('hears of a room at most once a second, and of the newest', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await follow(bob);
    const began = performance.now();
    for (let n = 0; n < 40; n += 1) await ada.send(room, `number ${n}`);
    const events = await untilLast(heard, 'number 39');
    const seconds = (performance.now() - began) / 1_000;
    expect(events.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
    const times = events.map(({ at }) => Date.parse(at));
    for (let n = 1; n < times.length; n += 1) expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(950);
    const heads = events.map(({ room: seen }) => seen?.headSeq ?? 0);
    expect(heads).toEqual([...heads].sort((a, b) => a - b));
  });

  it('hears which rooms came and which went', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const square = await ada.createRoom('square', { kind: 'PUBLIC' });
    const heard = await follow(bob);
    const garden = await ada.createRoom('garden', { with: [bob] });
    expect(await heard.next()).toMatchObject({ __typename: 'RoomAdded', room: { id: garden.id, name: 'garden' } });
    await bob.join(square);
    const added = await heard.next();
    expect(added).toMatchObject({ __typename: 'RoomAdded', room: { id: square.id } });
    await ada.remove(garden, bob);
    expect(await next(heard, 'RoomRemoved')).toMatchObject({ roomId: garden.id });
    await bob.leaveRoom(square);
    expect(await next(heard, 'RoomRemoved')).toMatchObject({ roomId: square.id });
    await ada.send(square, 'is anyone here?');
    await ada.send(garden, 'he has gone');
    const later = await ada.createRoom('later', { with: [bob] });
    expect(await heard.next()).toMatchObject({ __typename: 'RoomAdded', room: { id: later.id } });
  });

  it('hears on every screen, also that they have read on another', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const elsewhere = await house.elsewhere(bob);
    const room = await ada.createRoom('garden', { with: [bob] });
    const { seq } = await ada.send(room, 'hello');
    const [here, there] = await Promise.all([follow(bob), follow(elsewhere)]);
    await bob.ask(MARK, { input: { roomId: room.id, seq } });
    for (const heard of [here, there])
      expect(await heard.next()).toMatchObject({
        __typename: 'RoomActivity',
        room: { id: room.id, viewerReadState: { unreadCount: 0 } },
      });
  });

  it('is told nothing of what is said after they were removed', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    for (let round = 0; round < 5; round += 1) {
      const room: RoomSeen = await ada.createRoom(`round ${round}`, { with: [bob] });
      const heard = await follow(bob);
      const sending = Promise.all(Array.from({ length: 10 }, (_, n) => ada.send(room, `before ${n}`)));
      await ada.remove(room, bob);
      const secrets = Promise.all(Array.from({ length: 5 }, (_, n) => ada.send(room, `secret ${n}`)));
      const events: EventSeen[] = [];
      do events.push(await heard.next());
      while (events.at(-1)?.__typename !== 'RoomRemoved');
      await Promise.all([sending, secrets]);
      expect(JSON.stringify(events)).not.toContain('secret');
      await heard.isSilent();
      heard.stop();
    }
  });

  it('hears no more once they are signed out', async () => {
    const [ada] = await house.guests('ada');
    const heard = await follow(ada);
    await ada.ask('mutation { signOut }');
    expect(await heard.ended()).toHaveCode('UNAUTHENTICATED');
    await expect(house.stranger().ask('{ viewer { user { id } } }')).resolves.toEqual({ viewer: null });
  });
});

if (onServices) {
  describe('while Redis is away', () => {
    it('hears all the same, a little later', async () => {
      const redis = await RedisServer.atSparePort();
      await redis.start();
      const own = await House.open({ REDIS_URL: redis.url, PARLEY_FEED_TICK: '200ms' });
      try {
        const [ada, bob] = await own.guests('ada', 'bob');
        const room = await ada.createRoom('garden', { with: [bob] });
        const heard = await follow(bob);
        await redis.kill();
        await ada.send(room, 'can you hear me?');
        await untilLast(heard, 'can you hear me?');
        const other = await ada.createRoom('shed', { with: [bob] });
        expect(await next(heard, 'RoomAdded')).toMatchObject({ room: { id: other.id } });
        await ada.remove(other, bob);
        expect(await next(heard, 'RoomRemoved')).toMatchObject({ roomId: other.id });
        await redis.start();
        await until(
          'Redis to be heard again',
          async () => (await fetch(`${own.url}/health/ready`)).text(),
          (text) => text.includes('"condition":"ok"') && !text.includes('degraded'),
        );
        await ada.send(room, 'and now?');
        await untilLast(heard, 'and now?');
      } finally {
        await own.close();
        await redis.kill();
      }
    }, 90_000);
  });
}

async function next(heard: Heard<EventSeen>, kind: string): Promise<EventSeen> {
  for (;;) {
    const event = await heard.next();
    if (event.__typename === kind) return event;
  }
}
