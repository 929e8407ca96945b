// Ada listens in the garden while sockets are cut, servers stop and sessions end.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { ChatClient, type ListenState, ParleyError, type RoomListener } from '../../../src/client/index.js';
import { watchTimers } from './live-timers.js';
import { ScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
let ada: ChatClient;
let told: Telling;
let timers: () => number;

beforeEach(async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.02); // pauses of 10 ms and up: as jittered as ever, only lucky
  timers = watchTimers();
  server = await new ScriptedServer().up();
  ada = new ChatClient({ url: server.url });
  told = new Telling();
});

afterEach(async () => {
  await ada.close();
  await server.isSilent();
  await server.down();
  expect(timers()).toBe(0);
  jest.restoreAllMocks();
});

/** What a listener has told about its state, and a promise for what it will tell. */
class Telling {
  readonly states: ListenState[] = [];
  #waiting: (() => void)[] = [];

  readonly onState = (state: ListenState) => {
    this.states.push(state);
    for (const look of this.#waiting.splice(0)) look();
  };

  async times(state: ListenState, count: number): Promise<void> {
    while (this.states.filter((each) => each === state).length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

const listen = (after?: string) => ada.listen('garden', { after, onState: told.onState });

async function heard(listener: RoomListener): Promise<string> {
  for (;;) {
    const { done, value } = await listener.next();
    if (done) return `ended: ${value.reason}`;
    if (value.__typename === 'MessageSent') return value.message.content ?? '';
    if (value.__typename !== 'StreamReady') return value.__typename;
  }
}

describe('A listener that loses its connection', () => {
  it('resumes right after the last item, and hears the rest once, in order', async () => {
    const listener = listen();
    await listener.ready;
    server.say('one');
    expect(await heard(listener)).toBe('one');

    server.cut();
    server.say('two');
    server.say('three');

    expect([await heard(listener), await heard(listener)]).toEqual(['two', 'three']);
    expect(server.asked).toEqual([undefined, 'cursor-1']);
    expect(told.states).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live']);
    expect(listener.cursor).toBe('cursor-3');
  });

  it('resumes where it stood when nothing had happened yet', async () => {
    server.say('before Ada came');
    const listener = listen();
    await listener.ready;
    server.cut();
    server.say('while she was away');
    expect(await heard(listener)).toBe('while she was away');
    expect(server.asked).toEqual([undefined, 'cursor-1']);
  });

  it('drops what it has seen, however much a server repeats', async () => {
    server.replaysEverything = true;
    server.say('one');
    server.say('two');
    const listener = listen('cursor-0');
    expect([await heard(listener), await heard(listener)]).toEqual(['one', 'two']);

    server.cut();
    server.say('three');
    expect(await heard(listener)).toBe('three');
  });

  it('knocks for ever at a door where nobody opens', async () => {
    const listener = listen();
    await listener.ready;
    await server.down();
    await told.times('connecting', 8);
    await server.up();
    server.say('here again');
    expect(await heard(listener)).toBe('here again');
  });

  it('begins before the server does', async () => {
    await server.down();
    const listener = listen();
    await told.times('connecting', 3);
    await server.up();
    expect(await listener.ready).toMatchObject({ start: 'LIVE' });
  });
});

describe('A stream comes back', () => {
  const resumes = async (listener: RoomListener) => {
    await told.times('live', 2);
    server.say('after the pause');
    expect(await heard(listener)).toBe('after the pause');
    expect(server.asked.at(-1)).toBe('cursor-1');
  };

  const begin = async () => {
    const listener = listen();
    await listener.ready;
    server.say('one');
    expect(await heard(listener)).toBe('one');
    return listener;
  };

  it.each([1001, 1011, 1012, 1013, 4408, 4500, 4508, 4999])('after close code %i', async (code) => {
    const listener = await begin();
    server.closeSockets(code);
    await resumes(listener);
  });

  it('after SLOW_CONSUMER', async () => {
    const listener = await begin();
    await server.endWith('SLOW_CONSUMER');
    server.closeSockets(4508);
    await resumes(listener);
  });

  it('after SERVER_DRAINING, and not before the server said', async () => {
    const listener = await begin();
    const began = performance.now();
    await server.endWith('SERVER_DRAINING', { retryAfterMs: 300 });
    server.closeSockets(1001);
    await resumes(listener);
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  it.each(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR'])('after an operation error %s', async (code) => {
    const listener = await begin();
    server.refusals.push(new GraphQLError('Not now.', { extensions: { code } }));
    server.cut();
    await resumes(listener);
    expect(server.asked).toEqual([undefined, 'cursor-1', 'cursor-1']);
  });

  it('after a complete that nobody explained', async () => {
    const listener = await begin();
    server.complete();
    await resumes(listener);
  });

  it('after a session that expired, once it is renewed', async () => {
    await ada.close();
    const renew = jest.fn(async () => {});
    ada = new ChatClient({ url: server.url, renew });
    const listener = await begin();
    const other = ada.listen('garden');
    await other.ready;
    await server.endWith('SESSION_ENDED');
    server.closeSockets(4403, 'Session expired');
    expect(await heard(listener)).toBe('StreamEnded');
    await resumes(listener);
    expect(renew).toHaveBeenCalledTimes(1);
  });
});

describe('A stream ends', () => {
  it.each(['ACCESS_REVOKED', 'ROOM_ARCHIVED'] as const)('quietly with %s', async (reason) => {
    const listener = listen();
    await listener.ready;
    await server.endWith(reason);
    server.complete();
    const items: string[] = [];
    for await (const item of listener) items.push(item.__typename);
    expect(items).toEqual(['StreamReady', 'StreamEnded']);
    expect(await listener.ended).toEqual({ reason });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    [4401, 'SESSION_ENDED'],
    [4403, 'SESSION_EXPIRED'],
  ])('with an error when the session is over: close code %i', async (code, reason) => {
    const listener = listen();
    await listener.ready;
    await server.endWith('SESSION_ENDED');
    server.closeSockets(code);
    expect(await heard(listener)).toBe('StreamEnded');
    await expect(heard(listener)).rejects.toMatchObject({ name: 'ParleyError', code: 'UNAUTHENTICATED' });
    expect(await listener.ended).toMatchObject({ reason });
  });

  it('with an error when the socket is refused', async () => {
    server.closings.push([4401, 'Sign in first.']);
    const listener = listen();
    await expect(listener.ready).rejects.toThrow('Sign in first.');
    expect(await listener.ended).toMatchObject({ reason: 'SESSION_ENDED', error: { code: 'UNAUTHENTICATED' } });
  });

  it.each(['NOT_FOUND', 'FORBIDDEN', 'BAD_USER_INPUT'])('with an error when the server refuses: %s', async (code) => {
    server.refusals.push(new GraphQLError('No.', { extensions: { code, field: 'after' } }));
    const listener = listen('cursor-7');
    const refused = await listener.next().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ParleyError);
    expect(refused).toMatchObject({ code, message: 'No.', field: 'after' });
    expect(await listener.ended).toMatchObject({ reason: 'REFUSED' });
    expect(await listener.next()).toMatchObject({ done: true });
    expect(server.asked).toHaveLength(1);
  });

  it('when the listener is told to stop', async () => {
    const stop = new AbortController();
    const listener = ada.listen('garden', { signal: stop.signal });
    await listener.ready;
    stop.abort();
    expect(await heard(listener)).toBe('ended: STOPPED');
  });

  it('when the loop is left', async () => {
    const listener = listen();
    for await (const item of listener) if (item.__typename === 'StreamReady') break;
    expect(await listener.ended).toEqual({ reason: 'STOPPED' });
  });
});

describe('A client', () => {
  it('hears all rooms through one socket, and closes it with the last listener', async () => {
    const listeners = [listen(), listen(), listen()];
    await Promise.all(listeners.map(({ ready }) => ready));
    expect(server.openSockets.length).toBe(1);
    const closed = new Promise((resolve) => server.openSockets[0]?.on('close', resolve));
    for (const listener of listeners) listener.stop();
    expect(await closed).toBe(1000);
    expect(server.streams).toBe(0);
  });

  it('goes on hearing one room when another has the last word, however the frames arrive', async () => {
    const listener = listen();
    await listener.ready;
    const other = ada.listen('garden');
    await other.ready;
    const roomEvents = { __typename: 'StreamEnded', cursor: 'cursor-0', reason: 'ROOM_ARCHIVED' };
    server.write({ id: '2', type: 'next', payload: { data: { roomEvents } } }, { id: '2', type: 'complete' });
    expect(await other.ended).toEqual({ reason: 'ROOM_ARCHIVED' });

    server.say('still here');
    expect(await heard(listener)).toBe('still here');
    expect(server.handshakes.length).toBe(1);
    const closed = new Promise((resolve) => server.openSockets[0]?.on('close', resolve));
    listener.stop();
    expect(await closed).toBe(1000);
  });

  it('leaves the rest with the server when its reader is slow, and loses nothing', async () => {
    const listener = listen();
    await listener.ready;
    const socket = server.openSockets[0];
    const left = new Promise((resolve) => socket?.on('close', resolve));
    for (let n = 1; n <= 1_200; n += 1) server.say(`${n}`);
    await left;
    for (let n = 1; n <= 1_200; n += 1) expect(await heard(listener)).toBe(`${n}`);
    expect(server.asked).toHaveLength(2);
  });

  it('waits for nothing any more when it was closed while it waited for a server', async () => {
    const listener = listen();
    await listener.ready;
    jest.spyOn(Math, 'random').mockReturnValue(1);
    await server.down();
    await told.times('waiting', 1);
    await new Promise(setImmediate); // the pause begins in the turn after the close
    expect(timers()).toBe(1);
    await ada.close();
    expect(await listener.ended).toEqual({ reason: 'STOPPED' });
    expect(timers()).toBe(0);
    expect(() => listen()).toThrow('The client was closed.');
    await server.up();
  });

  it('lets go of a server that never acknowledges', async () => {
    server.acknowledges = false;
    const listener = listen();
    await server.handshake();
    await ada.close();
    await expect(listener.ready).rejects.toThrow('STOPPED');
  });
});
