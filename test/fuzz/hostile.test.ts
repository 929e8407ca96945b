// Strangers who reset, hang, flood and split: none of them ends the process, keeps anything open, or fills memory or the log.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import { until, within } from '../support/wait.js';

const GROWTH_MAX = 32 * 1_048_576; // bytes of memory, as promised

let house: House;
let mallory: Guest;
beforeAll(async () => {
  house = await House.open({ PARLEY_INIT_TIMEOUT: '1s', PARLEY_MAX_SOCKETS_PER_ADDRESS: '500' });
  [mallory] = await house.guests('mallory');
});
afterAll(() => house.close());

/** Everything that a stranger could have left behind is gone, and the house still does its work. */
afterEach(async () => {
  RawSocket.everyoneLeaves();
  for (const socket of knocking.splice(0)) socket.destroy();
  await until(
    'the sockets to be gone',
    () => house.metric('sockets'),
    (sockets) => sockets === 0,
  );
  await until('the connections to be gone', connections, (open) => open <= 2); // those of whoever asks
  await mallory.createRoom('still at work');
  expect(house.processes.flatMap(({ lines }) => lines.filter(({ level }) => level >= 50))).toEqual([]);
});

const knocking: Socket[] = [];
/** A connection that says what it likes. */
function dial(text: string | Buffer = ''): Socket {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(text);
  knocking.push(socket);
  return socket;
}
const ended = (socket: Socket) => within('the end', once(socket.resume(), 'close'), 45_000);

const handshake = (path = '/graphql', more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n${more}\r\n`;

/** A frame of a client's, masked with zeros. `length` is what it claims, `body` what it carries. */
function frame(opcode: number, body: Buffer, { fin = true, length = body.length } = {}): Buffer {
  const first = (fin ? 0x80 : 0) | opcode;
  const mask = [0, 0, 0, 0];
  if (length < 126) return Buffer.concat([Buffer.from([first, 0x80 | length, ...mask]), body]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from([first, 0x80 | 127, ...size, ...mask]), body]);
}
const TEXT = 0x1;
const CONTINUATION = 0x0;
const PING = 0x9;
/** The TCP connection under a socket. */
const wireOf = (raw: RawSocket): Socket => (raw.socket as unknown as { _socket: Socket })._socket;

async function textOfMetrics(): Promise<string> {
  return (await fetch(`${house.url}/metrics`)).text();
}
const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
const connections = async () =>
  numberIn(await textOfMetrics(), /^nodejs_active_resources\{type="TCPSocketWrap"\} (\d+)/m);
const memory = async () => numberIn(await textOfMetrics(), /^process_resident_memory_bytes (\d+)/m);

/** What leaks grows every time; a heap grows once in a while, and by itself, so it is looked at over one round alone. */
async function staysSmall(attack: () => Promise<unknown>): Promise<void> {
  const round = async () => {
    const before = await memory();
    for (let n = 0; n < 10; n += 1) await attack();
    return (await memory()) - before;
  };
  await until('a round that costs no memory', round, (growth) => growth < GROWTH_MAX, 30_000);
}

const times = <T>(count: number, run: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => run(n));

describe('the house', () => {
  it('survives resets at any byte of anything', async () => {
    const texts = [
      handshake(),
      handshake('/nope'),
      handshake('/graphql', 'Origin: https://evil.example\r\n'),
      handshake('//graphql?x=%00'),
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"query":',
      'GET /graphql HTTP/1.1\r\nHost',
      Buffer.concat([Buffer.from(handshake()), frame(TEXT, Buffer.from('{"type":"connection_init"}'))]),
      Buffer.concat([Buffer.from(handshake()), Buffer.from([0x81])]),
      Buffer.concat([Buffer.from(handshake()), randomBytes(100)]),
    ];
    await Promise.all(
      times(300, async (n) => {
        const text = Buffer.from(texts[n % texts.length] ?? '');
        const socket = dial(text.subarray(0, 1 + ((n * 7919) % text.length)));
        await once(socket, 'ready');
        if (n % 2) await new Promise((resolve) => socket.write('', resolve));
        socket.resetAndDestroy();
      }),
    );
  });

  it('answers an upgrade that it does not want, and hangs up', async () => {
    for (const [text, status] of [
      [handshake('/nope'), 404],
      [handshake('/'), 404],
      [handshake('/graphql', 'Origin: https://evil.example\r\n'), 403],
      [handshake().replace('Version: 13', 'Version: 7'), 400],
      [handshake().replace('AAAA==', ''), 400],
      [handshake().replace('websocket', 'h2c'), 400],
    ] as const) {
      const socket = dial(text);
      let answer = '';
      socket.on('data', (chunk) => {
        answer += String(chunk);
      });
      await ended(socket);
      expect(answer).toContain(`HTTP/1.1 ${status} `);
    }
  });

  it('hangs up on who says half a head, half a body, or nothing', async () => {
    const half = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n';
    await Promise.all([ended(dial('')), ended(dial(half)), ended(dial(`${half}\r\n{"query":`))]);
  });

  it('hangs up on who never says connection_init', async () => {
    const raws = await Promise.all(times(200, () => RawSocket.open(house.url)));
    const codes = await Promise.all(raws.map(async (raw) => (await raw.closed()).code));
    expect(new Set(codes)).toEqual(new Set([4408]));
  });
});

describe('a socket', () => {
  const greeted = () => RawSocket.greeted(house.url, mallory.cookie);

  it('closes at the head of a frame of 90 MiB, whatever follows', async () => {
    const piece = Buffer.alloc(65_536, 'x');
    await staysSmall(async () => {
      const raw = await greeted();
      wireOf(raw).write(frame(TEXT, piece, { length: 90 * 1_048_576 }));
      for (let n = 0; n < 100 && wireOf(raw).writable; n += 1) wireOf(raw).write(piece);
      expect((await raw.closed()).code).toBe(1009);
    });
  });

  it.each([
    // Answered by the library, which hangs up when too many of its answers wait.
    ['the protocol below', [1006, 1013], frame(PING, Buffer.alloc(125))],
    ['GraphQL', [1013], frame(TEXT, Buffer.from(`{"type":"ping","payload":{"x":"${'x'.repeat(200)}"}}`))],
  ])('closes on a flood of pings of %s', async (_, codes, ping) => {
    const flood = Buffer.concat(times(2_000, () => ping));
    await staysSmall(async () => {
      const raw = await RawSocket.open(house.url);
      wireOf(raw).write(flood);
      expect(codes).toContain((await raw.closed()).code);
    });
  });

  it('closes on a message in too many pieces', async () => {
    const piece = frame(CONTINUATION, Buffer.from('x'), { fin: false });
    await staysSmall(async () => {
      const raw = await greeted();
      wireOf(raw).write(frame(TEXT, Buffer.from('{'), { fin: false }));
      wireOf(raw).write(Buffer.concat(times(5_000, () => piece)));
      expect((await raw.closed()).code).toBe(1008);
    });
  });

  it('closes on frames that are none', async () => {
    for (const bytes of [
      Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), // reserved bits
      Buffer.from([0x83, 0x80, 0, 0, 0, 0]), // an opcode that nobody has
      Buffer.from([0x81, 0x01, 0x78]), // not masked
      frame(CONTINUATION, Buffer.from('x')), // of nothing
      frame(PING, Buffer.alloc(126)), // longer than a ping may be
      frame(TEXT, Buffer.from([0xff])), // not UTF-8
    ]) {
      const raw = await greeted();
      wireOf(raw).write(bytes);
      expect([1002, 1007]).toContain((await raw.closed()).code);
    }
  });

  it('takes a message in pieces, and bytes one by one', async () => {
    const raw = await greeted();
    const text = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } });
    for (const byte of frame(TEXT, Buffer.from(text.slice(0, 20)), { fin: false }))
      wireOf(raw).write(Buffer.from([byte]));
    wireOf(raw).write(frame(CONTINUATION, Buffer.from(text.slice(20))));
    expect(await raw.next()).toMatchObject({ type: 'next', payload: { data: { __typename: 'Query' } } });
    await raw.leave();
  });

  it('holds fifty of 800 subscriptions, and closes when there are 5,000', async () => {
    const room = await mallory.createRoom('crowded');
    const raw = await greeted();
    for (let n = 0; n < 800; n += 1) raw.subscribe(String(n), documents.ROOM_EVENTS, { roomId: room.id });
    let refused = 0;
    while (refused < 750) if ((await raw.next()).type === 'error') refused += 1;
    expect(await house.metric('streams')).toBe(50);
    for (let n = 800; n < 5_000; n += 1) raw.subscribe(String(n), documents.ROOM_EVENTS, { roomId: room.id });
    expect((await raw.closed()).code).toBe(1013);
    await until(
      'the streams to be gone',
      () => house.metric('streams'),
      (streams) => streams === 0,
    );
  });
});

describe('sockets', () => {
  it('are twenty for one session', async () => {
    const raws = await Promise.all(times(20, () => RawSocket.greeted(house.url, mallory.cookie)));
    const more = await RawSocket.open(house.url, { cookie: mallory.cookie });
    more.send({ type: 'connection_init' });
    expect((await more.closed()).code).toBe(1013);
    await raws[0]?.leave();
    await until(
      'a place to be free',
      () => house.metric('sockets'),
      (sockets) => sockets === 19,
    );
    await RawSocket.greeted(house.url, mallory.cookie);
  });

  it('are so many for one address', async () => {
    const house2 = await House.open({ PARLEY_MAX_SOCKETS_PER_ADDRESS: '3', PARLEY_TRUST_PROXY: 'true' });
    try {
      const from = (address: string) => RawSocket.open(house2.url, { 'x-forwarded-for': address });
      await Promise.all(times(3, (n) => from(`2001:db8::${n}`))); // one household
      expect((await (await from('2001:db8::9')).closed()).code).toBe(1013);
      const neighbour = await from('2001:db8:0:1::9');
      expect(neighbour.socket.readyState).toBe(neighbour.socket.OPEN);
      RawSocket.everyoneLeaves();
    } finally {
      await house2.close();
    }
  });
});

it('all of that is a few lines in the log, and no secret in them', () => {
  const [process] = house.processes;
  const lines = process?.lines.filter(({ level }) => level >= 40) ?? [];
  expect(lines.length).toBeLessThan(10);
  expect(JSON.stringify(process?.lines)).not.toContain(mallory.cookie.split('=')[1]);
});
