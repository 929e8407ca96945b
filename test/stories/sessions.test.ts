// Signing up, in and out; and what becomes of sockets when their session ends.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import type { MessageSeen } from '../support/seen.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

interface SessionSeen {
  id: string;
  current: boolean;
}
const sessionsOf = async (guest: Guest) =>
  (await guest.ask<{ viewer: { sessions: SessionSeen[] } }>(documents.SESSIONS)).viewer.sessions;

describe('signing up', () => {
  it('makes a person who is signed in, with an HttpOnly cookie that no answer repeats', async () => {
    const response = await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: documents.SIGN_UP,
        variables: { input: { username: 'Grace.H', password: PASSWORD } },
      }),
    });
    const [cookie = ''] = response.headers.getSetCookie();
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      data: { signUp: { user: { username: 'grace.h', displayName: 'Grace.H' } } },
    });
    expect(cookie).toMatch(/^parley=[\w-]{43}; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/);
    expect(body).not.toContain(/parley=([\w-]+)/.exec(cookie)?.[1]);
  });

  it('refuses names that are taken in any case, too short, too long, or of other letters', async () => {
    const stranger = house.stranger();
    const [ada] = await house.guests('ada');
    const signUp = (input: Record<string, unknown>) =>
      stranger.ask(documents.SIGN_UP, { input: { username: 'somebody', password: PASSWORD, ...input } });

    await expect(signUp({ username: ada.username.toUpperCase() })).rejects.toHaveCode('CONFLICT', {
      field: 'username',
    });
    await expect(signUp({ username: 'ab' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'username', limit: 3 });
    await expect(signUp({ username: 'a'.repeat(33) })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'username',
      limit: 32,
    });
    await expect(signUp({ username: 'аda' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'username' }); // a Cyrillic а
    await expect(signUp({ username: 'a\u0000da' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'username' });
    await expect(signUp({ password: 'short' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'password', limit: 8 });
    await expect(signUp({ displayName: ' ' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'displayName' });
    expect(stranger.cookie).toBe('');
  });

  it('tells the person in the same answer what is theirs', async () => {
    const stranger = house.stranger();
    const answer = await stranger.ask(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { rooms { nodes { name viewerMembership { role } members { totalCount } } } sessions { current } } }',
      { input: { username: 'newcomer', password: PASSWORD } },
    );
    expect(answer).toMatchObject({
      signUp: {
        rooms: { nodes: [{ name: 'Lobby', viewerMembership: { role: 'MEMBER' } }] },
        sessions: [{ current: true }],
      },
    });
  });
});

describe('signing in', () => {
  it('answers alike for a wrong password and a name that nobody has', async () => {
    const [ada] = await house.guests('ada');
    const stranger = house.stranger();
    const answers = [];
    for (const [username, password] of [
      [ada.username, 'wrong password'],
      ['nobody-at-all', PASSWORD],
      ['a\u0000', PASSWORD],
      [ada.username, 'x'],
    ]) {
      answers.push(await stranger.post(documents.SIGN_IN, { input: { username, password } }));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(stranger.cookie).toBe('');
  });

  it('begins a new session each time and ends the one it came with', async () => {
    const [ada] = await house.guests('ada');
    const before = await sessionsOf(ada);
    const old = ada.cookie;
    await ada.ask(documents.SIGN_IN, { input: { username: ada.username.toUpperCase(), password: PASSWORD } });
    const after = await sessionsOf(ada);

    expect(ada.cookie).not.toBe(old);
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before[0]?.id);
  });

  it('needs HTTP, and says so on the socket', async () => {
    const [ada] = await house.guests('ada');
    for (const [document, variables] of [
      [documents.SIGN_IN, { input: { username: ada.username, password: PASSWORD } }],
      [documents.SIGN_UP, { input: { username: 'over-the-socket', password: PASSWORD } }],
      [documents.SIGN_OUT, {}],
    ] as const) {
      await expect(ada.ask(document, variables, 'say')).rejects.toHaveCode('BAD_USER_INPUT');
    }
    expect(await sessionsOf(ada)).toHaveLength(1);
  });
});

describe('who is not signed in', () => {
  it('is nobody, may ask nothing else, and gets no socket', async () => {
    const stranger = house.stranger();
    expect(await stranger.ask(documents.VIEWER)).toEqual({ viewer: null });
    await expect(stranger.ask(documents.PUBLIC_ROOMS)).rejects.toHaveCode('UNAUTHENTICATED');
    await expect(stranger.ask(documents.SEND, { input: { roomId: 'x', content: 'x' } })).rejects.toHaveCode(
      'UNAUTHENTICATED',
    );
    await expect(stranger.say('{ __typename }')).rejects.toMatchObject({
      code: 4401,
      reason: expect.stringContaining('Sign in'),
    });
    stranger.cookie = `parley=${'A'.repeat(43)}`;
    expect(await stranger.ask(documents.VIEWER)).toEqual({ viewer: null });
  });
});

describe('a session that ends', () => {
  it('says goodbye to its own streams, closes its sockets with 4401, and no others', async () => {
    const [ada] = await house.guests('ada');
    const phone = await house.elsewhere(ada);
    const room = await ada.createRoom('garden');
    const heard = await ada.listen(room);
    const messages = ada.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    const onPhone = await phone.listen(room);
    await house.hears(3);

    expect(await ada.ask(documents.SIGN_OUT)).toEqual({ signOut: true });

    expect(await heard.next()).toMatchObject({ __typename: 'StreamEnded', reason: 'SESSION_ENDED' });
    await expect(messages.next()).rejects.toHaveCode('UNAUTHENTICATED');
    await until(
      'the socket to be closed',
      () => ada.closedWith,
      (closed) => closed !== null,
    );
    expect(ada.closedWith).toMatchObject({ code: 4401 });
    expect(await ada.ask(documents.VIEWER)).toEqual({ viewer: null });
    await phone.send(room, 'still here');
    expect(await onPhone.next()).toMatchObject({ message: { content: 'still here' } });
    expect(await ada.ask(documents.SIGN_OUT)).toEqual({ signOut: true });
  });

  it('says so to a stream that has no items to say it with', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const messages = ada.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    await house.hears(1);
    await ada.ask(documents.SIGN_OUT);
    await expect(messages.next()).rejects.toHaveCode('UNAUTHENTICATED');
  });

  it('is revoked from elsewhere, at another process too', async () => {
    const [ada] = await house.guests('ada');
    const phone = await house.elsewhere(ada);
    const room = await ada.createRoom('garden');
    const heard = await phone.listen(room);
    const lost = (await sessionsOf(phone)).find((session) => session.current);

    await ada.ask(documents.REVOKE, { id: lost?.id });

    expect(await heard.next()).toMatchObject({ reason: 'SESSION_ENDED' });
    await until(
      'the socket to be closed',
      () => phone.closedWith,
      (closed) => closed !== null,
    );
    expect(phone.closedWith).toMatchObject({ code: 4401 });
    await until(
      'every process to refuse the cookie',
      () => phone.ask(documents.VIEWER),
      (answer) => answer.viewer === null,
      2_000,
    );
    expect(await sessionsOf(ada)).toHaveLength(1);
  });

  it('can only be one’s own', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const [session] = await sessionsOf(ada);
    await expect(mallory.ask(documents.REVOKE, { id: session?.id })).rejects.toHaveCode('NOT_FOUND');
    await expect(mallory.ask(documents.REVOKE, { id: 'rubbish' })).rejects.toHaveCode('NOT_FOUND');
    expect(await sessionsOf(ada)).toHaveLength(1);
  });
});

describe('a session that expires', () => {
  it('closes its sockets with 4403, so that people sign in and come back', async () => {
    const brief = await House.open({ SESSION_TTL: '2s' });
    try {
      const [ada] = await brief.guests('ada');
      const room = await ada.createRoom('garden');
      const raw = await RawSocket.greeted(brief.url, ada.cookie);
      raw.subscribe('1', documents.ROOM_EVENTS, { roomId: room.id });
      expect(await raw.next()).toMatchObject({ payload: { data: { roomEvents: { __typename: 'StreamReady' } } } });
      const heard = await ada.listen(room);
      expect(await heard.next()).toMatchObject({ reason: 'SESSION_ENDED' });
      expect(await raw.next()).toMatchObject({ payload: { data: { roomEvents: { reason: 'SESSION_ENDED' } } } });
      expect((await raw.closed()).code).toBe(4403);
      expect(raw.unread).toEqual([]); // no `complete`: that would tell clients never to come back
      await until(
        'the socket to be closed',
        () => ada.closedWith,
        (closed) => closed !== null,
      );
      expect(ada.closedWith).toMatchObject({ code: 4403 });
      expect(await ada.ask(documents.VIEWER)).toEqual({ viewer: null });
    } finally {
      await brief.close();
    }
  });
});
