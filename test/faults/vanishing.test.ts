// D12: connect, subscribe, and vanish at any step, thousands of times: nothing of it is left behind.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import WebSocket from 'ws';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { until } from '../support/wait.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Random } from './bench/random.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage.close());

const STEPS = ['connected', 'half a head', 'opened', 'greeted', 'subscribing', 'listening', 'completed'] as const;
type Step = (typeof STEPS)[number];

const AT_ONCE = 40;

async function vanish(url: URL, guest: Guest, roomId: string, step: Step, random: Random): Promise<void> {
  if (step === 'connected' || step === 'half a head') {
    const socket: Socket = connect(Number(url.port), url.hostname);
    socket.on('error', () => {});
    await once(socket, 'connect');
    if (step === 'half a head') socket.write('GET /graphql HTTP/1.1\r\nUpgrade: websocket\r\n');
    socket.resetAndDestroy();
    return;
  }
  const socket = new WebSocket(`ws://${url.host}/graphql`, 'graphql-transport-ws', {
    headers: { cookie: guest.cookie },
  });
  socket.on('error', () => {});
  const frames = new Promise<void>((resolve) => {
    const payload = { query: documents.ROOM_EVENTS, variables: { roomId } };
    socket.on('open', () => {
      if (step === 'opened') return resolve();
      socket.send('{"type":"connection_init"}');
      if (step === 'greeted') resolve();
    });
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data));
      if (type === 'connection_ack') {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
        if (step === 'subscribing') resolve();
      } else if (type === 'next') {
        if (step === 'completed') socket.send('{"id":"1","type":"complete"}');
        resolve();
      }
    });
    socket.on('close', () => resolve());
  });
  await frames;
  if (random.next() < 0.2) socket.close();
  else if (random.next() < 0.5) socket.terminate();
  else (socket as unknown as { _socket: Socket })._socket?.resetAndDestroy();
}

describe('D12 connect, subscribe, vanish at any step', () => {
  it.each(SEEDS)('leaves nothing behind (seed %i)', async (seed) => {
    stage = await Stage.open({ processes: 1 });
    const random = new Random(seed);
    const [ada] = (await stage.people(1)) as [Guest];
    const rooms: string[] = [];
    for (let n = 0; n < 5; n += 1) rooms.push((await ada.createRoom(`room ${n}`)).id);
    const url = new URL(stage.process(0).url);
    const redis = new Redis(stage.redis.url);
    const ours = async () => ({
      sockets: await stage.metric('parley_sockets'),
      streams: await stage.metric('parley_streams'),
      rooms: await stage.metric('parley_live_rooms'),
      channels: await stage.metric('parley_bus_channels'),
      subscriptions: ((await redis.call('PUBSUB', 'CHANNELS', 'chat:*')) as string[]).length,
      timers: await stage.metric('nodejs_active_resources\\{type="Timeout"\\}'),
    });
    const before = await ours();
    const rounds = short(1_500, { long: 10_000 });
    let left = rounds;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left > 0) {
          left -= 1;
          await vanish(url, ada, random.of(rooms), random.of(STEPS), random);
        }
      }),
    );
    const after = await until(
      'everything to be as it was',
      ours,
      (now) => Object.entries(before).every(([what, count]) => now[what as keyof typeof now] <= count),
      30_000,
    );
    redis.disconnect();
    expect(after.channels).toBe(before.channels);
    const heard = await ada.listen(rooms[0] ?? '');
    await ada.send(rooms[0] ?? '', 'still here');
    expect(await heard.next()).toMatchObject({ message: { content: 'still here' } });
    await ada.leave();
    report('D12', seed, [
      figure('vanished', rounds, 'times'),
      figure('sockets, streams, rooms left behind', after.sockets + after.streams + after.rooms, 'of them', 0),
      figure('timers more than before', after.timers - before.timers, 'timers', 0),
    ]);
  });
});
