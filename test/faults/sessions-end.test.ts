// P1: a session that is revoked while Redis is away: nobody tells the other process, and its sockets close all the same.
import { afterEach, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { RawSocket } from '../support/raw-socket.js';
import { until } from '../support/wait.js';
import { figure, report } from './bench/figures.js';
import { SEEDS } from './bench/length.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(async () => {
  RawSocket.everyoneLeaves();
  await stage.close();
});

const PROMISE = 20_000; // ms

describe('P1 a session revoked at another process while Redis is away', () => {
  it.each(SEEDS)('ends there too, with its reason and its code (seed %i)', async (seed) => {
    stage = await Stage.open();
    const [ada] = (await stage.people(1)) as [Guest];
    const phone = await ada.elsewhere(stage.process(1).url);
    const { id: roomId } = await ada.createRoom('garden');
    const raw = await RawSocket.greeted(phone.url, phone.cookie);
    raw.subscribe('1', documents.ROOM_EVENTS, { roomId });
    await raw.next(); // StreamReady
    const closed = new Promise<number>((resolve) => raw.socket.once('close', resolve));
    const { viewer } = await phone.ask<{ viewer: { sessions: { id: string; current: boolean }[] } }>(
      documents.SESSIONS,
    );
    await stage.redis.kill();

    ada.url = stage.process(0).url;
    const revoked = performance.now();
    await ada.ask(documents.REVOKE, { id: viewer.sessions.find(({ current }) => current)?.id });
    await until(
      'the other process to refuse',
      () => phone.ask(documents.VIEWER),
      (answer) => answer.viewer === null,
      2_000,
    );
    const refused = performance.now() - revoked;
    expect(await closed).toBe(4401);
    const took = performance.now() - revoked;
    expect(raw.unread.at(-1)).toMatchObject({ payload: { data: { roomEvents: { reason: 'SESSION_ENDED' } } } });
    report('P1', seed, [
      figure('Redis away: until the other process refuses the cookie', refused, 'ms'),
      figure('Redis away: until the other process closes the sockets', took, 'ms', PROMISE),
    ]);
    expect(took).toBeLessThan(PROMISE);
  });
});
