// Who is here, who is typing, who has read how far: told while it matters, and to nobody whom it does not concern.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NOWHERE } from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import type { Heard } from '../support/heard.js';
import { House, onServices } from '../support/house.js';
import { RedisServer } from '../support/redis-server.js';
import type { RoomSeen, UserSeen } from '../support/seen.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open({ PARLEY_PRESENCE_TTL: '2s' });
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const SIGNALS = `subscription ($roomId: ID!) { roomSignals(roomId: $roomId) {
  __typename roomId user { id username }
  ... on TypingSignal { until } ... on PresenceSignal { online lastSeenAt } ... on ReadSignal { lastReadSeq } } }`;
const TYPE = 'mutation ($roomId: ID!) { setTyping(roomId: $roomId) }';
const MARK = 'mutation ($input: MarkReadInput!) { markRead(input: $input) { id } }';
const TELL_READS = 'mutation ($on: Boolean!) { setReadSignals(on: $on) { readSignals } }';
const WHO = 'query ($username: String!) { user(username: $username) { online lastSeenAt } }';
const MEMBERS = 'query ($id: ID!) { room(id: $id) { members { nodes { user { username online } } } } }';

interface SignalSeen {
  __typename: string;
  user: UserSeen;
  until?: string;
  online?: boolean;
  lastSeenAt?: string | null;
  lastReadSeq?: number;
}
interface Seen {
  online: boolean;
  lastSeenAt: string | null;
}

/** Keeps a socket open. */
async function stay(guest: Guest): Promise<void> {
  await guest.subscribe('subscription { viewerEvents { __typename } }', {}, 'viewerEvents').next();
}

/** Listens to the signals of a room; they do not say when they are ready. */
async function watch(guest: Guest, room: RoomSeen): Promise<Heard<SignalSeen>> {
  const before = await house.metric('signal_streams');
  const heard = guest.subscribe<SignalSeen>(SIGNALS, { roomId: room.id }, 'roomSignals');
  await until(
    'the signals to be heard',
    () => house.metric('signal_streams'),
    (open) => open > before,
  );
  return heard;
}

const isOn = async (asker: Guest, guest: Guest): Promise<Seen> =>
  (await asker.ask<{ user: Seen }>(WHO, { username: guest.username })).user;

/** The next signal of that kind: who comes and goes may be told in between. */
async function nextOf(heard: Heard<SignalSeen>, kind: string): Promise<SignalSeen> {
  for (;;) {
    const signal = await heard.next();
    if (signal.__typename === kind) return signal;
  }
}

describe('somebody', () => {
  it('is online while a socket of theirs is open, wherever it is', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    expect(await isOn(ada, bob)).toEqual({ online: false, lastSeenAt: null });
    const elsewhere = await house.elsewhere(bob);
    await stay(bob);
    await stay(elsewhere);
    await until(
      'Bob to be online',
      () => isOn(ada, bob),
      ({ online }) => online,
    );
    await bob.leave();
    expect(await isOn(ada, bob)).toMatchObject({ online: true });
    await elsewhere.leave();
    const gone = await until(
      'Bob to be offline',
      () => isOn(ada, bob),
      ({ online, lastSeenAt }) => !online && lastSeenAt !== null,
    );
    expect(Math.abs(Date.now() - Date.parse(gone.lastSeenAt ?? ''))).toBeLessThan(60_000);
  });

  it('is shown among the members as they are by now', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    await stay(bob);
    interface Answer {
      room: { members: { nodes: { user: { username: string; online: boolean } }[] } };
    }
    await until(
      'Bob to be shown',
      async () => (await ada.ask<Answer>(MEMBERS, { id: room.id })).room.members.nodes.map(({ user }) => user.online),
      (online) => online.join() === 'false,true',
    );
  });
});

describe('who listens to the signals of a room', () => {
  it.each(['post', 'say'] as const)('hears who is typing, but not themselves (%s)', async (door) => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await watch(bob, room);
    const adaHears = await watch(ada, room);
    expect(await ada.ask(TYPE, { roomId: room.id }, door)).toEqual({ setTyping: true });
    const signal = await nextOf(heard, 'TypingSignal');
    expect(signal).toMatchObject({ roomId: room.id, user: { username: ada.username } });
    const lease = Date.parse(signal.until ?? '') - Date.now();
    expect(lease).toBeGreaterThan(0);
    expect(lease).toBeLessThanOrEqual(5_000);

    // Said again at once, it is told once: the next thing that Bob hears of typing is not Ada's.
    await ada.ask(TYPE, { roomId: room.id }, door);
    await bob.ask(TYPE, { roomId: room.id }, door);
    expect(await nextOf(adaHears, 'TypingSignal')).toMatchObject({ user: { username: bob.username } });
    heard.stop();
    adaHears.stop();
  });

  it('hears who comes and goes', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const heard = await watch(bob, room);
    await stay(ada);
    expect(await heard.next()).toMatchObject({
      __typename: 'PresenceSignal',
      user: { username: ada.username },
      online: true,
      lastSeenAt: null,
    });
    await stay(cleo);
    expect(await heard.next()).toMatchObject({ user: { username: cleo.username }, online: true });
    await ada.leave();
    const gone = await heard.next();
    expect(gone).toMatchObject({ user: { username: ada.username }, online: false });
    expect(Math.abs(Date.now() - Date.parse(gone.lastSeenAt ?? ''))).toBeLessThan(20_000);
  });

  it('hears how far others have read, unless they keep it to themselves', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const heard = await watch(ada, room);
    const mark = (guest: Guest, seq: number) => guest.ask(MARK, { input: { roomId: room.id, seq } });
    const first = await ada.send(room, 'first');
    const second = await ada.send(room, 'second');
    await mark(bob, first.seq);
    expect(await nextOf(heard, 'ReadSignal')).toMatchObject({
      user: { username: bob.username },
      lastReadSeq: first.seq,
    });
    await mark(bob, first.seq); // moves nothing: tells nothing
    expect(await bob.ask(TELL_READS, { on: false })).toEqual({ setReadSignals: { readSignals: false } });
    await mark(bob, second.seq);
    await mark(cleo, second.seq);
    expect(await nextOf(heard, 'ReadSignal')).toMatchObject({
      user: { username: cleo.username },
      lastReadSeq: second.seq,
    });
    expect(await bob.ask('{ viewer { readSignals } }')).toEqual({ viewer: { readSignals: false } });
  });

  it('hears nothing after their removal from a private room', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    for (let round = 0; round < 3; round += 1) {
      const room = await ada.createRoom('garden', { with: [bob, cleo] });
      const heard = await watch(bob, room);
      await ada.remove(room, bob);
      await Promise.all([cleo.ask(TYPE, { roomId: room.id }), ada.ask(TYPE, { roomId: room.id })]);
      const heardAfter: string[] = [];
      const end = await (async () => {
        for (;;) {
          try {
            heardAfter.push((await heard.next()).__typename);
          } catch (error) {
            return error;
          }
        }
      })();
      expect(end).toHaveCode('FORBIDDEN');
      expect(heardAfter).not.toContain('TypingSignal');
    }
  });

  it('goes on listening to a public room that they leave', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('square', { kind: 'PUBLIC' });
    await bob.join(room);
    const heard = await watch(bob, room);
    await bob.leaveRoom(room);
    await ada.ask(TYPE, { roomId: room.id });
    expect(await nextOf(heard, 'TypingSignal')).toMatchObject({ user: { username: ada.username } });
    await expect(bob.ask(TYPE, { roomId: room.id })).rejects.toHaveCode('FORBIDDEN');
  });

  it('is told of the end: archived, or signed out', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const other = await ada.createRoom('shed', { with: [bob] });
    const archived = await watch(bob, room);
    await ada.ask('mutation ($roomId: ID!) { archiveRoom(roomId: $roomId) { id } }', { roomId: room.id });
    expect(await archived.ended()).toBe('complete');
    await expect(ada.ask(TYPE, { roomId: room.id })).rejects.toHaveCode('CONFLICT');
    const late = bob.subscribe<SignalSeen>(SIGNALS, { roomId: room.id }, 'roomSignals');
    expect(await late.ended()).toBe('complete');

    const signedOut = await watch(bob, other);
    await bob.ask('mutation { signOut }');
    expect(await signedOut.ended()).toHaveCode('UNAUTHENTICATED');
  });
});

describe('Mallory', () => {
  it('finds no signals in a private room, and may not type where she is no member', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const secret = await ada.createRoom('secret');
    const square = await ada.createRoom('square', { kind: 'PUBLIC' });
    for (const roomId of [secret.id, NOWHERE, 'nowhere']) {
      await expect(mallory.ask(SIGNALS, { roomId }, 'say')).rejects.toHaveCode('NOT_FOUND');
      for (const door of ['post', 'say'] as const)
        await expect(mallory.ask(TYPE, { roomId }, door)).rejects.toHaveCode('NOT_FOUND');
    }
    await expect(mallory.ask(TYPE, { roomId: square.id })).rejects.toHaveCode('FORBIDDEN');
    await expect(house.stranger().ask(TYPE, { roomId: square.id })).rejects.toHaveCode('UNAUTHENTICATED');
  });
});

if (onServices) {
  describe('a process that is killed', () => {
    it('leaves its people online for a moment only', async () => {
      await House.during({ PARLEY_PRESENCE_TTL: '2s' }, async (own) => {
        const [ada, bob] = await own.guests('ada', 'bob'); // at two processes
        const room = await ada.createRoom('garden', { with: [bob] });
        await stay(bob);
        const heard = ada.subscribe<SignalSeen>(SIGNALS, { roomId: room.id }, 'roomSignals');
        await until(
          'Bob to be online',
          () => isOn(ada, bob),
          ({ online }) => online,
        );
        await until(
          'the signals to be heard',
          () => own.metric('signal_streams'),
          (open) => open === 1,
        );
        await own.processes[1]?.kill();
        let told = await nextOf(heard, 'PresenceSignal');
        while (told.online) told = await nextOf(heard, 'PresenceSignal'); // a beat may have been late before
        expect(told).toMatchObject({ user: { username: bob.username }, online: false });
        await until(
          'Bob to be gone',
          () => isOn(ada, bob),
          ({ online }) => !online,
        );
        await own.restart(1);
      });
    }, 90_000);
  });

  describe('while Redis is away', () => {
    it('those who are here are known, the others are not, and nobody waits', async () => {
      const redis = await RedisServer.atSparePort();
      await redis.start();
      const scene = House.during({ PARLEY_PRESENCE_TTL: '2s', REDIS_URL: redis.url }, async (own) => {
        const [ada, bob, cleo] = await own.guests('ada', 'bob', 'cleo'); // Ada and Cleo sit together
        const room = await ada.createRoom('garden', { with: [bob, cleo] });
        for (const guest of [bob, cleo]) await stay(guest);
        await until(
          'both to be online',
          async () => [(await isOn(ada, bob)).online, (await isOn(ada, cleo)).online],
          (online) => online.every(Boolean),
        );
        await redis.kill();
        const asked = performance.now();
        expect(await isOn(ada, cleo)).toMatchObject({ online: true });
        expect(await ada.ask(TYPE, { roomId: room.id })).toEqual({ setTyping: true });
        const heard = ada.subscribe<SignalSeen>(SIGNALS, { roomId: room.id }, 'roomSignals');
        await until(
          'the signals to be heard',
          () => own.metric('signal_streams'),
          (open) => open === 1,
        );
        expect(performance.now() - asked).toBeLessThan(8_000); // of a slow machine; no step of it waits for a second
        await redis.start();
        await until(
          'Bob to be online again',
          () => isOn(ada, bob),
          ({ online }) => online,
        );
        heard.stop();
      });
      await scene.finally(() => redis.kill());
    }, 90_000);
  });
}
