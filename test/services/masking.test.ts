// What goes wrong inside stays inside: the caller gets an id, the log has the same, and neither tells what people wrote.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import * as documents from '../support/documents.js';
import { DOORS } from '../support/doors.js';
import { type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import type { RoomSeen } from '../support/seen.js';
import { until } from '../support/wait.js';

const WRITTEN = 'Only Bob may read this';

// A table is taken away under the running house: that needs a database that somebody else can enter as well.
describe.each(['production', 'development', 'test'])('with NODE_ENV=%s', (mode) => {
  let house: House;
  let ada: Guest;
  let room: RoomSeen;
  beforeAll(async () => {
    house = await House.open({ NODE_ENV: mode, LOG_LEVEL: 'trace' });
    [ada] = await house.guests('ada');
    room = await ada.createRoom('garden');
  });
  afterAll(() => house.close());

  const without = async <T>(table: string, ask: () => Promise<T>): Promise<T> => {
    const client = new pg.Client(house.environment.DATABASE_URL ?? '');
    await client.connect();
    try {
      await client.query(`alter table ${table} rename to taken_away`);
      return await ask();
    } finally {
      await client.query(`alter table taken_away rename to ${table}`);
      await client.end();
    }
  };
  const logged = () => house.processes.flatMap(({ lines }) => lines);

  it('a failure is an id, in the answer and in the log, at every door', async () => {
    const input = { roomId: room.id, content: WRITTEN, clientMessageId: 'one' };
    const answers = await without('messages', async () => [
      await DOORS.post(ada, documents.SEND, { input }),
      await DOORS.socket(ada, documents.SEND, { input }),
      await DOORS.get(ada, documents.HISTORY, { roomId: room.id }),
    ]);
    RawSocket.everyoneLeaves();
    for (const { errors } of answers) {
      expect(errors).toHaveLength(1);
      const { message, extensions } = errors?.[0] ?? { message: '', extensions: {} };
      expect(message).toBe('Something went wrong on our side. The id stands in the log of the server.');
      expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
      await until(`${extensions.id} to stand in the log`, logged, (lines) =>
        lines.some(({ id }) => id === extensions.id),
      );
    }
  });

  it('a failure to find out who asks is told to that operation alone, and the socket lives on', async () => {
    const raw = await RawSocket.greeted(ada.url, ada.cookie);
    raw.subscribe('stream', documents.MESSAGE_SENT, { roomId: room.id });
    await house.hears(1);
    let failed = 0;
    await without('sessions', () =>
      until(
        'what is remembered of the session to run out',
        async () => {
          raw.subscribe(String(failed), documents.VIEWER);
          failed += 1;
          const frame = await raw.next();
          if (frame.type === 'next') await raw.next(); // its `complete`
          return frame;
        },
        ({ type }) => type === 'error',
      ),
    ).then((frame) =>
      expect(frame).toEqual({
        id: String(failed - 1),
        type: 'error',
        payload: [expect.objectContaining({ extensions: { code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) } })],
      }),
    );
    await ada.send(room, 'still here');
    expect(await raw.next()).toMatchObject({
      id: 'stream',
      payload: { data: { messageSent: { content: 'still here' } } },
    });
    await raw.leave();
  });

  it('the log tells no text, no password, and no token', async () => {
    const { username, cookie } = ada;
    const signUp = { username: 'newcomer', password: PASSWORD, displayName: WRITTEN };
    const answers = await without('sessions', async () => [
      await ada.post(documents.SIGN_IN, { input: { username, password: PASSWORD } }),
      await ada.post(documents.SIGN_UP, { input: signUp }),
    ]);
    answers.push(await without('users', () => ada.post(documents.SIGN_UP, { input: signUp })));
    ada.cookie = cookie;
    for (const { errors } of answers) expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    const text = JSON.stringify(logged()) + house.processes.map(({ stderr }) => stderr).join('');
    for (const secret of [WRITTEN, PASSWORD, cookie.split('=')[1] ?? '']) {
      expect(secret.length).toBeGreaterThan(0);
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/argon2id|\$v=19/); // not even what is stored of a password
  });
});
