// Both doors: a socket that outlives what is wrong with one operation, and what neither lets in.
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import * as documents from '../support/documents.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import type { RoomSeen } from '../support/seen.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(async () => {
  RawSocket.everyoneLeaves();
  await house.everyoneLeaves();
});
afterAll(() => house.close());

describe('HTTP and the socket', () => {
  it('serve what schema.gql says', async () => {
    const [ada] = await house.guests('ada');
    const asked = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, oneOf: true });
    const served = buildClientSchema(await ada.ask<IntrospectionQuery>(asked));
    const said = buildSchema(await readFile('schema.gql', 'utf8'));
    expect(printSchema(lexicographicSortSchema(served))).toBe(printSchema(lexicographicSortSchema(said)));
  });

  it('answer alike where nothing is wrong', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const input = { roomId: room.id, content: 'over any door', clientMessageId: 'key' };
    const overSocket = await ada.say(documents.SEND, { input });
    expect(await ada.post(documents.SEND, { input })).toEqual(overSocket);
    expect(await ada.post(documents.HISTORY, { roomId: room.id })).toEqual(
      await ada.say(documents.HISTORY, { roomId: room.id }),
    );
  });
});

describe('the socket', () => {
  it('tells what is wrong with one operation to that operation, and lives on', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const raw = await RawSocket.greeted(house.url, ada.cookie);
    raw.subscribe('stream', documents.MESSAGE_SENT, { roomId: room.id });
    await house.hears(1);
    raw.subscribe('broken', '{ viewer {');
    expect(await raw.next()).toMatchObject({
      id: 'broken',
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
    raw.subscribe('invalid', '{ nothing }');
    expect(await raw.next()).toMatchObject({
      id: 'invalid',
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    raw.subscribe('refused', documents.MESSAGE_SENT, { roomId: 'nowhere' });
    expect(await raw.next()).toMatchObject({
      id: 'refused',
      payload: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    });
    expect(await raw.next()).toEqual({ id: 'refused', type: 'complete' });

    await ada.send(room, 'still here');
    expect(await raw.next()).toMatchObject({
      id: 'stream',
      type: 'next',
      payload: { data: { messageSent: { content: 'still here' } } },
    });
    raw.send({ id: 'stream', type: 'complete' });
    await until(
      'the stream to be let go of',
      () => house.metric('streams'),
      (streams) => streams === 0,
    );
    await raw.leave();
  });

  it('closes with the code that tells what to do next', async () => {
    const [ada] = await house.guests('ada');
    const { cookie } = ada;
    const room = await ada.createRoom('garden');
    const closing = async (say: (raw: RawSocket) => void, open = () => RawSocket.open(house.url, { cookie })) => {
      const raw = await open();
      say(raw);
      return (await raw.closed()).code;
    };
    const greeted = () => RawSocket.greeted(house.url, cookie);
    expect(await closing((raw) => raw.send('rubbish'))).toBe(4400);
    expect(await closing((raw) => raw.send({ type: 'connection_ack' }))).toBe(4400);
    expect(await closing((raw) => raw.subscribe('1', '{ __typename }'))).toBe(4401); // before connection_init
    expect(
      await closing(
        (raw) => raw.send({ type: 'connection_init' }),
        () => RawSocket.open(house.url),
      ),
    ).toBe(4401); // no cookie
    expect(await closing((raw) => raw.send({ type: 'connection_init' }), greeted)).toBe(4429);
    expect(await closing((raw) => raw.send('x'.repeat(200_000)), greeted)).toBe(1009);
    expect(
      await closing((raw) => {
        raw.subscribe('1', documents.MESSAGE_SENT, { roomId: room.id }); // lives on, so that the id is in use
        raw.subscribe('1', documents.MESSAGE_SENT, { roomId: room.id });
      }, greeted),
    ).toBe(4409);
  });

  it('keeps nobody waiting who never says connection_init', async () => {
    const raw = await RawSocket.open(house.url);
    expect((await raw.closed()).code).toBe(4408);
  });

  it('opens at its path only, and to pages of this house only', async () => {
    const [ada] = await house.guests('ada');
    const knock = (headers: Record<string, string>, path?: string) =>
      RawSocket.knock(house.url, { cookie: ada.cookie, ...headers }, path).status();
    expect(await knock({}, '/elsewhere')).toBe(404);
    expect(await knock({}, '/graphql/')).toBe(404);
    for (const origin of [
      'https://evil.example',
      'null',
      `${house.url}.evil.example`,
      house.url.replace(/:\d+$/, ':1'),
      '',
    ]) {
      expect([origin, await knock({ origin })]).toEqual([origin, 403]);
    }
    const ours = await RawSocket.open(house.url, { cookie: ada.cookie, origin: house.url });
    expect(ours.socket.extensions).toBe(''); // nor is anything compressed, though it was offered
    await ours.leave();
  });

  it('holds at most 50 live operations', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const raw = await RawSocket.greeted(house.url, ada.cookie);
    for (let n = 0; n < 51; n += 1) raw.subscribe(String(n), documents.ROOM_EVENTS, { roomId: room.id });
    const frames = [];
    for (let n = 0; n < 51; n += 1) frames.push(await raw.next());
    expect(frames.filter((frame) => frame.type === 'error')).toMatchObject([
      { id: '50', payload: [{ extensions: { code: 'RATE_LIMITED' } }] },
    ]);
    await raw.leave();
  });

  it('survives strangers who reset it at any moment', async () => {
    const { hostname, port } = new URL(house.url);
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    for (const text of [
      upgrade('/nope'),
      upgrade('/graphql'),
      'GET /graphql HTTP/1.1\r\nHost',
      `${upgrade('/graphql')}\x81`,
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(text, () => {
            socket.resetAndDestroy();
            resolve();
          });
        });
        socket.on('error', () => {});
      });
    }
    expect((await fetch(`${house.url}/health/live`)).status).toBe(200);
  });
});

describe('HTTP', () => {
  it('changes nothing for a form, a plain text or a GET with the cookie', async () => {
    const [ada] = await house.guests('ada');
    const { cookie } = ada;
    const room: RoomSeen = await ada.createRoom('garden');
    const mutation = `mutation { sendMessage(input: { roomId: "${room.id}", content: "forged" }) { id } }`;
    const asked = [
      fetch(`${house.url}/graphql?query=${encodeURIComponent(mutation)}`, { headers: { cookie } }),
      fetch(`${house.url}/graphql?query=${encodeURIComponent(mutation)}`, {
        headers: { cookie, 'apollo-require-preflight': '1' },
      }),
      ...['text/plain', 'application/x-www-form-urlencoded'].map((type) =>
        fetch(`${house.url}/graphql`, {
          method: 'POST',
          headers: { cookie, 'content-type': type },
          body: JSON.stringify({ query: mutation }),
        }),
      ),
    ];
    for (const response of await Promise.all(asked)) expect(response.status).toBeGreaterThanOrEqual(400);
    expect((await ada.history(room)).nodes).toEqual([]);
  });

  it('lets nobody keep an answer, whatever it says', async () => {
    const [ada] = await house.guests('ada');
    const asking = ['{ viewer { username } }', 'query ($id: ID!) { room(id: $id) { id } }', '{ nothing }', '{ broken'];
    const answers = asking.flatMap((query) => [
      fetch(`${house.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { cookie: ada.cookie, 'apollo-require-preflight': '1' },
      }),
      fetch(`${house.url}/graphql`, {
        method: 'POST',
        headers: { cookie: ada.cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
    ]);
    for (const { headers } of await Promise.all(answers)) expect(headers.get('cache-control')).toBe('no-store');
  });

  it('tells how the house is doing', async () => {
    const ready = await fetch(`${house.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { condition: 'ok', parts: { database: { condition: 'ok' }, bus: { condition: 'ok' } } },
    ]);
  });
});
