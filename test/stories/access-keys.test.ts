// Access keys: what scripts and bots come in with, what they may do, and how they end.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import type { MessageSeen } from '../support/seen.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => {
  RawSocket.everyoneLeaves();
  return house.everyoneLeaves();
});
afterAll(() => house.close());

interface KeySeen {
  id: string;
  label: string;
  scope: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}
const keyFor = async (guest: Guest, scope = 'WRITE', expiresAt?: string) =>
  (
    await guest.ask<{ createAccessKey: { secret: string; key: KeySeen } }>(documents.CREATE_KEY, {
      input: { label: 'weather', scope, expiresAt },
    })
  ).createAccessKey;
const keysOf = async (guest: Guest) =>
  (await guest.ask<{ viewer: { accessKeys: KeySeen[] } }>(documents.KEYS)).viewer.accessKeys;
const closed = (guest: Guest) =>
  until(
    'the socket to be closed',
    () => guest.closedWith,
    (close) => close !== null,
    2_000,
  );

describe('an access key', () => {
  it('speaks and hears for its owner, at both doors', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const { secret, key } = await keyFor(bob);
    expect(secret).toMatch(/^parley_[\w-]{43}$/);
    expect(key).toMatchObject({ label: 'weather', scope: 'WRITE', lastUsedAt: null, expiresAt: null });

    const bot = house.program(bob, secret);
    const heard = await bot.listen(room);
    const sent = await bot.send(room, 'over HTTP');
    await bot.ask(documents.SEND, { input: { roomId: room.id, content: 'over the socket' } }, 'say');

    expect(sent.author.id).toBe(bob.id);
    const events = await heard.nextOnes(2);
    expect(events.map(({ message }) => message?.content)).toEqual(['over HTTP', 'over the socket']);
    const [listed] = await keysOf(bob);
    expect(listed).toMatchObject({ id: key.id, lastUsedAt: expect.any(String) });
    expect(JSON.stringify(await bob.post(documents.KEYS))).not.toContain(secret.slice(8));
  });

  it('may only read, when that is its scope', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const reader = house.program(ada, (await keyFor(ada, 'READ')).secret);
    const heard = await reader.listen(room);

    for (const door of ['post', 'say'] as const) {
      await expect(reader.ask(documents.SEND, { input: { roomId: room.id, content: 'no' } }, door)).rejects.toHaveCode(
        'FORBIDDEN',
      );
      await expect(reader.ask(documents.UPDATE_PROFILE, { input: { displayName: 'no' } }, door)).rejects.toHaveCode(
        'FORBIDDEN',
      );
      await expect(reader.ask(documents.JOIN, { roomId: room.id }, door)).rejects.toHaveCode('FORBIDDEN');
      expect(await reader.ask(documents.VIEWER, {}, door)).toMatchObject({ viewer: { user: { id: ada.id } } });
    }
    const sent = await ada.send(room, 'yes');
    expect(await heard.next()).toMatchObject({ message: { id: sent.id } });
    expect((await reader.history(room)).nodes).toHaveLength(1);
  });

  it('may do nothing to the account itself', async () => {
    const [ada] = await house.guests('ada');
    const { secret, key } = await keyFor(ada);
    const bot = house.program(ada, secret);
    const [session] = (await ada.ask<{ viewer: { sessions: { id: string }[] } }>(documents.SESSIONS)).viewer.sessions;
    for (const [document, variables] of [
      [documents.CREATE_KEY, { input: { label: 'another', scope: 'READ' } }],
      [documents.REVOKE_KEY, { id: key.id }],
      [documents.REVOKE, { id: session?.id }],
      [documents.CHANGE_PASSWORD, { input: { currentPassword: PASSWORD, newPassword: 'mine from now on' } }],
      [documents.SIGN_OUT, {}],
      [documents.SIGN_IN, { input: { username: ada.username, password: PASSWORD } }],
      [documents.SIGN_UP, { input: { username: 'another-bot', password: PASSWORD } }],
    ] as const) {
      for (const door of ['post', 'say'] as const)
        await expect(bot.ask(document, variables, door)).rejects.toHaveCode('FORBIDDEN');
    }
    expect(bot.cookie).toBe('');
    expect(await keysOf(ada)).toHaveLength(1);
    expect(await ada.ask(documents.VIEWER)).toMatchObject({ viewer: { user: { id: ada.id } } });
  });

  it('is revoked everywhere within two seconds: refused, its streams ended, its sockets closed with 4401', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const [{ secret, key }, other] = [await keyFor(ada), await keyFor(ada)];
    const [bot, spared] = [house.program(ada, secret), house.program(ada, other.secret)];
    const heard = await bot.listen(room);
    const messages = bot.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    const sparedHeard = await spared.listen(room);
    await house.hears(3);

    expect(await ada.ask(documents.REVOKE_KEY, { id: key.id })).toMatchObject({
      revokeAccessKey: { accessKeys: [{ id: other.key.id }] },
    });

    expect(await heard.next()).toMatchObject({ __typename: 'StreamEnded', reason: 'SESSION_ENDED' });
    await expect(messages.next()).rejects.toHaveCode('UNAUTHENTICATED');
    expect(await closed(bot)).toMatchObject({ code: 4401 });
    await until(
      'every process to refuse the key',
      () => bot.ask(documents.VIEWER),
      (answer) => answer.viewer === null,
      2_000,
    );
    await expect(bot.withKey(secret).say('{ __typename }')).rejects.toMatchObject({ code: 4401 });
    await spared.send(room, 'still here');
    expect(await sparedHeard.next()).toMatchObject({ message: { content: 'still here' } });
    await expect(ada.ask(documents.REVOKE_KEY, { id: key.id })).rejects.toHaveCode('NOT_FOUND');
  });

  it('ends by itself when it expires', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const { secret } = await keyFor(ada, 'READ', new Date(Date.now() + 1_500).toISOString());
    const bot = house.program(ada, secret);
    const heard = await bot.listen(room);
    expect(await heard.next()).toMatchObject({ reason: 'SESSION_ENDED' });
    await until(
      'the socket to be closed',
      () => bot.closedWith,
      (close) => close !== null,
    );
    expect(bot.closedWith).toMatchObject({ code: 4403 });
    expect(await bot.ask(documents.VIEWER)).toEqual({ viewer: null });
    expect(await keysOf(ada)).toEqual([]);
  });

  it('is what counts where a cookie comes too, even when it is worth nothing', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const { secret } = await keyFor(bob);
    const both = (token: string) => Object.assign(ada.withKey(token), { cookie: ada.cookie });
    const whoIs = async (token: string) => (await both(token).post<{ viewer: unknown }>(documents.VIEWER)).data?.viewer;
    expect(await whoIs(secret)).toMatchObject({ user: { id: bob.id } });
    for (const nothing of ['parley_', 'x', `parley_${'A'.repeat(43)}`, secret.slice(7), ada.cookie.split('=')[1] ?? ''])
      expect([nothing, await whoIs(nothing)]).toEqual([nothing, null]);
    const raw = await RawSocket.open(house.url, { cookie: ada.cookie });
    raw.send({ type: 'connection_init', payload: { token: 5 } });
    expect((await raw.closed()).code).toBe(4401);
  });

  it('opens nothing for the page of another origin, nor for a form', async () => {
    const [ada] = await house.guests('ada');
    const { secret } = await keyFor(ada);
    const authorization = `Bearer ${secret}`;
    expect(await RawSocket.knock(house.url, { authorization, origin: 'https://evil.example' }).status()).toBe(403);
    const form = await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/plain' },
      body: JSON.stringify({ query: documents.VIEWER }),
    });
    expect(form.status).toBe(400);
    const raw = await RawSocket.open(house.url, { authorization }); // outside a browser the handshake can carry it
    raw.send({ type: 'connection_init' });
    expect(await raw.next()).toMatchObject({ type: 'connection_ack' });
  });

  it('is made with care: labelled, ending in the future, and no more than fifty', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const create = (input: Record<string, unknown>) =>
      ada.ask(documents.CREATE_KEY, { input: { label: 'x', scope: 'READ', ...input } });
    await expect(create({ label: ' ' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'label' });
    await expect(create({ label: 'l'.repeat(65) })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'label', limit: 64 });
    await expect(create({ expiresAt: '2001-01-01T00:00:00Z' })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'expiresAt',
    });
    await Promise.all(Array.from({ length: 48 }, (_, n) => create({ label: `key ${n}` })));
    const last = await Promise.allSettled(Array.from({ length: 5 }, () => create({})));
    expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await expect(create({})).rejects.toHaveCode('CONFLICT', { limit: 50 });

    const [key] = await keysOf(ada);
    await expect(mallory.ask(documents.REVOKE_KEY, { id: key?.id })).rejects.toHaveCode('NOT_FOUND');
    await expect(mallory.ask(documents.REVOKE_KEY, { id: 'rubbish' })).rejects.toHaveCode('NOT_FOUND');
    await expect(
      house.stranger().ask(documents.CREATE_KEY, { input: { label: 'x', scope: 'READ' } }),
    ).rejects.toHaveCode('UNAUTHENTICATED');
    expect(await keysOf(ada)).toHaveLength(50);
  });
});
