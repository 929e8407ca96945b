// Ada signs in, sends and signs out, over a network and past a server that have their bad moments.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { ChatClient, ParleyError } from '../../../src/client/index.js';
import { watchTimers } from './live-timers.js';
import { messageOf, ScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
let ada: ChatClient;
let timers: () => number;

beforeEach(async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.02); // pauses of 10 ms and up
  timers = watchTimers();
  server = await new ScriptedServer().up();
  ada = new ChatClient({ url: server.url });
});

afterEach(async () => {
  await ada.close();
  await server.isSilent();
  await server.down();
  expect(timers()).toBe(0);
  jest.restoreAllMocks();
});

const refusal = (code: string, more: object = {}) =>
  new GraphQLError(`No: ${code}.`, { extensions: { code, ...more, stacktrace: ['secret'] } });

const caught = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);

describe('A send', () => {
  /** The keys of all attempts, as the server saw them; the first ones fail with what is given. */
  function sends(...failures: GraphQLError[]): string[] {
    const keys: string[] = [];
    server.answers.sendMessage = ({ input }: { input: { content: string; clientMessageId: string } }) => {
      keys.push(input.clientMessageId);
      const failure = failures.shift();
      if (failure) throw failure;
      return messageOf(1, input.content, { clientMessageId: input.clientMessageId });
    };
    return keys;
  }

  it('always has a key', async () => {
    const keys = sends();
    const sent = await ada.send('garden', 'hello');
    expect(sent).toMatchObject({ content: 'hello', seq: 1, clientMessageId: keys[0] });
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is tried again with the same key when the answer is lost, and when the server is not available', async () => {
    const keys = sends(refusal('UNAVAILABLE'), refusal('UNAVAILABLE'));
    server.troubles.push(
      (response) => response.destroy(),
      (response) => response.writeHead(502).end('<h1>Bad gateway</h1>'),
    );
    await ada.send('garden', 'hello', { clientMessageId: 'mine' });
    expect(keys).toEqual(['mine', 'mine', 'mine']);
  });

  it('is tried while the server is away', async () => {
    const keys = sends();
    await server.down();
    const sending = ada.send('garden', 'hello');
    await server.up();
    expect((await sending).clientMessageId).toBe(keys[0]);
  });

  it('waits as long as the server asks', async () => {
    const keys = sends(refusal('RATE_LIMITED', { retryAfterMs: 200 }));
    const began = performance.now();
    await ada.send('garden', 'hello');
    expect(performance.now() - began).toBeGreaterThan(190);
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(2);
  });

  it('is not tried again when the server refuses', async () => {
    const keys = sends(refusal('CONFLICT'));
    expect(await caught(ada.send('garden', 'hello', { clientMessageId: 'mine' }))).toMatchObject({
      code: 'CONFLICT',
      message: 'No: CONFLICT.',
      clientMessageId: 'mine',
    });
    expect(keys).toHaveLength(1);
  });

  it('gives up in the end, and hands back the key', async () => {
    await server.down();
    const gaveUp = await caught(ada.send('garden', 'hello', { persistForMs: 50 }));
    expect(gaveUp).toBeInstanceOf(ParleyError);
    expect(gaveUp).toMatchObject({ code: 'UNAVAILABLE', clientMessageId: expect.any(String) });
    await server.up();
  });

  it.each(['the sender', 'close'])('is given up by %s', async (who) => {
    await server.down();
    const stop = new AbortController();
    const sending = caught(
      ada.send('garden', 'hello', { signal: stop.signal, persistForMs: Number.POSITIVE_INFINITY }),
    );
    if (who === 'close') await ada.close();
    else stop.abort();
    expect(await sending).toMatchObject({ name: 'AbortError' });
    await server.up();
  });
});

describe('A request', () => {
  it('throws what the server said, and only what a program can use', async () => {
    server.answers.editMessage = () => {
      throw refusal('CONFLICT', { currentVersion: 3, field: 'input.expectedVersion' });
    };
    const refused = await caught(ada.edit('m1', 'better', 2));
    expect(refused).toMatchObject({ code: 'CONFLICT', currentVersion: 3, field: 'input.expectedVersion' });
    expect(Object.keys(refused as object)).not.toContain('stacktrace');
  });

  it('says when the address is not that of the API', async () => {
    server.troubles.push((response) => response.writeHead(404).end('Not found'));
    expect(await caught(ada.viewer())).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching('is it the address of the API'),
    });
  });

  it('asks for JSON and says that it brings some', async () => {
    const seen: unknown[] = [];
    server.answers.viewer = (_args, { headers }) => void seen.push([headers['content-type'], headers.accept]);
    expect(await ada.viewer()).toBeNull();
    expect(seen).toEqual([['application/json', 'application/graphql-response+json, application/json']]);
  });

  it("for one's own rooms is refused before it is answered with nothing", async () => {
    server.answers.viewer = () => null;
    expect(await caught(ada.rooms())).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('A session', () => {
  const viewer = {
    user: {
      id: 'ada',
      username: 'ada',
      displayName: 'Ada',
      avatarUrl: null,
      bot: false,
      createdAt: '2026-11-01T00:00:00.000Z',
    },
  };

  beforeEach(() => {
    server.answers.signIn = () => {
      server.cookies.push(`session=${server.cookies.length + ++signedIn}; HttpOnly; Path=/; Max-Age=60`);
      return viewer;
    };
    server.answers.signOut = () => {
      server.cookies.push('session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
      return true;
    };
    server.answers.viewer = (_args, { headers }) => (headers.cookie ? viewer : null);
  });
  let signedIn = 0;

  it('goes with every request and every handshake, until it is signed out', async () => {
    signedIn = 0;
    expect(await ada.viewer()).toBeNull();
    expect(await ada.signIn({ username: 'ada', password: 'correct horse' })).toEqual(viewer);
    expect(await ada.viewer()).toEqual(viewer);

    const listener = ada.listen('garden');
    await listener.ready;
    expect(server.handshakes[0]?.headers).toMatchObject({ cookie: 'session=1' });
    expect(server.handshakes[0]?.headers).not.toHaveProperty('origin');
    listener.stop();

    await ada.signOut();
    expect(await ada.viewer()).toBeNull();
  });

  it('that follows another takes the streams along', async () => {
    signedIn = 0;
    await ada.signIn({ username: 'ada', password: 'correct horse' });
    const listener = ada.listen('garden');
    await listener.ready;
    server.say('one');

    await ada.signIn({ username: 'ada', password: 'correct horse' });
    await server.handshake();
    server.say('two');

    const contents: unknown[] = [];
    for await (const item of listener) {
      if (item.__typename === 'MessageSent') contents.push(item.message.content);
      if (contents.length === 2) break;
    }
    expect(contents).toEqual(['one', 'two']);
    expect(server.handshakes.map(({ headers }) => headers.cookie)).toEqual(['session=1', 'session=2']);
  });
});
