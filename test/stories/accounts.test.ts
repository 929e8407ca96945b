// One's account: how others see it, its password, and its end.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

describe('a profile', () => {
  it('shows a name and a picture; what is absent stays, and null takes the picture away', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const update = async (input: Record<string, unknown>, door: 'post' | 'say' = 'post') =>
      (await ada.ask<{ updateProfile: unknown }>(documents.UPDATE_PROFILE, { input }, door)).updateProfile;
    const avatarUrl = 'https://pictures.example/ada.png?size=64';

    expect(await update({ avatarUrl })).toMatchObject({ displayName: 'ada', avatarUrl, bot: false });
    expect(await update({ displayName: ' Ada L. ' }, 'say')).toMatchObject({ displayName: 'Ada L.', avatarUrl });
    expect(await update({ displayName: null })).toMatchObject({ displayName: 'Ada L.', avatarUrl });
    const room = await ada.createRoom('garden', { with: [bob] });
    const seen = await bob.ask(
      'query ($id: ID!) { room(id: $id) { members { nodes { user { displayName avatarUrl } } } } }',
      { id: room.id },
    );
    expect(seen).toMatchObject({
      room: { members: { nodes: [{ user: { displayName: 'Ada L.', avatarUrl } }, { user: { avatarUrl: null } }] } },
    });
    expect(await update({ avatarUrl: null })).toMatchObject({ displayName: 'Ada L.', avatarUrl: null });
  });

  it('shows nothing that would harm whoever looks', async () => {
    const [ada] = await house.guests('ada');
    const update = (input: Record<string, unknown>) => ada.ask(documents.UPDATE_PROFILE, { input });
    for (const avatarUrl of [
      '',
      'ada.png',
      '//pictures.example/ada.png',
      'http://pictures.example/ada.png',
      'javascript:alert(1)',
      'data:image/png;base64,AAAA',
      'https://ada:secret@pictures.example/',
      'https://',
      'https://pictures.example/\u0000',
    ])
      await expect(update({ avatarUrl })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'avatarUrl' });
    await expect(update({ avatarUrl: `https://pictures.example/${'x'.repeat(2_048)}` })).rejects.toHaveCode(
      'BAD_USER_INPUT',
      { field: 'avatarUrl', limit: 2_048 },
    );
    await expect(update({ displayName: ' ' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'displayName' });
    await expect(house.stranger().ask(documents.UPDATE_PROFILE, { input: {} })).rejects.toHaveCode('UNAUTHENTICATED');
  });

  it('says of a bot that it is one', async () => {
    const bot = house.stranger();
    const answer = await bot.ask(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { user { username bot } } }',
      { input: { username: 'weather-bot', password: PASSWORD, bot: true } },
    );
    expect(answer).toEqual({ signUp: { user: { username: 'weather-bot', bot: true } } });
  });
});

describe('a password that is changed', () => {
  it('ends every other session, at other processes too, and leaves this one', async () => {
    const [ada] = await house.guests('ada');
    const phone = await house.elsewhere(ada);
    const room = await ada.createRoom('garden');
    const [heard, onPhone] = [await ada.listen(room), await phone.listen(room)];
    const change = (currentPassword: string, newPassword: string, door: 'post' | 'say' = 'post') =>
      ada.ask(documents.CHANGE_PASSWORD, { input: { currentPassword, newPassword } }, door);

    await expect(change('not my password', 'a new password')).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'currentPassword',
    });
    await expect(change('x', 'a new password', 'say')).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'currentPassword',
    });
    await expect(change(PASSWORD, 'short')).rejects.toHaveCode('BAD_USER_INPUT', { field: 'newPassword', limit: 8 });
    await onPhone.isSilent();

    await change(PASSWORD, 'a new password', 'say');

    expect(await onPhone.next()).toMatchObject({ __typename: 'StreamEnded', reason: 'SESSION_ENDED' });
    await until(
      'the other socket to be closed',
      () => phone.closedWith,
      (closed) => closed !== null,
      2_000,
    );
    expect(phone.closedWith).toMatchObject({ code: 4401 });
    await until(
      'every process to refuse the other cookie',
      () => phone.ask(documents.VIEWER),
      (answer) => answer.viewer === null,
      2_000,
    );
    await ada.send(room, 'still here');
    expect(await heard.next()).toMatchObject({ message: { content: 'still here' } });
    const signIn = (password: string) =>
      house.stranger().ask(documents.SIGN_IN, { input: { username: ada.username, password } });
    await expect(signIn(PASSWORD)).rejects.toHaveCode('UNAUTHENTICATED');
    expect(await signIn('a new password')).toMatchObject({ signIn: { user: { id: ada.id } } });
  });

  it('is guessed no faster than at the door', async () => {
    const strict = await House.open({ PARLEY_SIGN_IN_TRIES: '3' });
    try {
      const [ada] = await strict.guests('ada');
      const guess = (door: 'post' | 'say') =>
        ada.ask(documents.CHANGE_PASSWORD, { input: { currentPassword: 'a guess', newPassword: PASSWORD } }, door);
      for (const door of ['post', 'say', 'post'] as const)
        await expect(guess(door)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'currentPassword' });
      for (const door of ['post', 'say'] as const) await expect(guess(door)).rejects.toHaveCode('RATE_LIMITED');
      const signIn = ada.ask(documents.SIGN_IN, { input: { username: ada.username, password: PASSWORD } });
      await expect(signIn).rejects.toHaveCode('RATE_LIMITED');
      const twice = 'changePassword(input: { currentPassword: "a guess", newPassword: "a new one" }) { user { id } }';
      await expect(ada.ask(`mutation { a: ${twice} b: ${twice} }`)).rejects.toHaveCode('OPERATION_TOO_COMPLEX');
    } finally {
      await strict.close();
    }
  }, 60_000);
});

describe('an account that is deleted', () => {
  const deleteAs = (guest: Guest, password = PASSWORD, door: 'post' | 'say' = 'post') =>
    guest.ask(documents.DELETE_ACCOUNT, { password }, door);

  it('leaves what was said under a nameless user, and takes everything personal along', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const phone = await house.elsewhere(bob);
    const room = await ada.createRoom('garden', { with: [bob] });
    const direct = await bob.createRoom('', { kind: 'DIRECT', with: [ada] });
    const said = await bob.send(room, 'goodbye');
    const { secret } = (
      await bob.ask<{ createAccessKey: { secret: string } }>(documents.CREATE_KEY, {
        input: { label: 'bot', scope: 'WRITE' },
      })
    ).createAccessKey;
    const bot = house.program(bob, secret);
    await bob.ask(documents.UPDATE_PROFILE, { input: { avatarUrl: 'https://pictures.example/bob.png' } });
    await bob.ask(documents.BLOCK, { userId: cleo.id });
    const [adas, phones, bots] = [await ada.listen(room), await phone.listen(room), await bot.listen(room)];

    expect(await deleteAs(bob)).toEqual({ deleteAccount: true });

    const nameless = { id: bob.id, username: `deleted:${bob.id}`, displayName: 'Deleted user' };
    expect(await adas.next()).toMatchObject({
      __typename: 'MemberLeft',
      actor: nameless,
      user: nameless,
      removed: false,
    });
    await adas.isSilent();
    for (const [stream, guest] of [
      [phones, phone],
      [bots, bot],
    ] as const) {
      expect(['MemberLeft', 'StreamEnded']).toContain((await stream.next()).__typename);
      await until(
        'the socket to be closed',
        () => guest.closedWith,
        (closed) => closed !== null,
        2_000,
      );
      expect(guest.closedWith).toMatchObject({ code: 4401 });
      await until(
        'every process to refuse them',
        () => guest.ask(documents.VIEWER),
        (answer) => answer.viewer === null,
        2_000,
      );
    }
    expect(bob.cookie).toMatch(/=$/);
    expect((await ada.history(room)).nodes).toEqual([{ ...said, author: nameless }]);
    const replayed = await ada.listen(room, { after: (await ada.history(room, { first: 1 })).edges[0]?.cursor });
    expect(await replayed.next()).toMatchObject({ __typename: 'MemberLeft', user: nameless });
    const seen = await ada.ask(
      'query ($id: ID!) { room(id: $id) { members { nodes { user { id } } } lastMessage { author { username avatarUrl } } } }',
      { id: room.id },
    );
    expect(seen).toEqual({
      room: {
        members: { nodes: [{ user: { id: ada.id } }] },
        lastMessage: { author: { username: nameless.username, avatarUrl: null } },
      },
    });
    await expect(ada.send(direct, 'are you there?')).rejects.toHaveCode('FORBIDDEN');
  });

  it('is unknown to whoever looks for it, and its name is free', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden');
    expect(await deleteAs(bob, PASSWORD, 'say')).toEqual({ deleteAccount: true });
    const signIn = (username: string) =>
      house.stranger().post(documents.SIGN_IN, { input: { username, password: PASSWORD } });
    const answers = await Promise.all([bob.username, `deleted:${bob.id}`, 'nobody-at-all'].map(signIn));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    for (const username of [bob.username, `deleted:${bob.id}`])
      expect(await ada.ask(documents.USER_BY_NAME, { username })).toEqual({ user: null });
    await expect(ada.ask(documents.ADD, { input: { roomId: room.id, userIds: [bob.id] } })).rejects.toHaveCode(
      'NOT_FOUND',
      { field: 'userIds.0' },
    );
    await expect(ada.createRoom('', { kind: 'DIRECT', with: [bob] })).rejects.toHaveCode('NOT_FOUND');
    const another = house.stranger();
    await another.ask(documents.SIGN_UP, { input: { username: bob.username, password: PASSWORD } });
    expect(await ada.ask(documents.USER_BY_NAME, { username: bob.username })).not.toMatchObject({
      user: { id: bob.id },
    });
    await expect(
      another.ask(documents.SIGN_UP, { input: { username: `deleted:${ada.id}`.slice(0, 32), password: PASSWORD } }),
    ).rejects.toHaveCode('BAD_USER_INPUT', { field: 'username' });
  });

  it('cannot leave a room without an owner; a room that is archived stays as it is', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const attic = await ada.createRoom('attic', { with: [bob] });
    await ada.ask(documents.ARCHIVE, { roomId: attic.id });
    await expect(deleteAs(ada)).rejects.toHaveCode('CONFLICT');
    expect(await ada.ask(documents.VIEWER)).toMatchObject({ viewer: { user: { displayName: 'ada' } } });
    await ada.setRole(room, bob, 'OWNER');
    await deleteAs(ada);
    const members = await bob.ask(documents.MEMBERS, { id: attic.id });
    expect(members).toMatchObject({
      room: { members: { totalCount: 2, nodes: [{ user: { displayName: 'Deleted user' } }, {}] } },
    });
    await bob.send(room, 'mine now');
  });

  it('needs the password of whoever is signed in', async () => {
    const [ada] = await house.guests('ada');
    for (const door of ['post', 'say'] as const) {
      for (const wrong of ['not my password', 'x', ''])
        await expect(deleteAs(ada, wrong, door)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'password' });
      await expect(house.stranger().ask(documents.DELETE_ACCOUNT, { password: PASSWORD })).rejects.toHaveCode(
        'UNAUTHENTICATED',
      );
    }
    const key = await ada.ask<{ createAccessKey: { secret: string } }>(documents.CREATE_KEY, {
      input: { label: 'bot', scope: 'WRITE' },
    });
    await expect(deleteAs(house.program(ada, key.createAccessKey.secret))).rejects.toHaveCode('FORBIDDEN');
    expect(await ada.ask(documents.VIEWER)).toMatchObject({ viewer: { user: { id: ada.id } } });
  });

  it('is gone from every room, however many put it into others at the same moment', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const rooms = await Promise.all(Array.from({ length: 8 }, (_, n) => ada.createRoom(`room ${n}`)));
    const adding = rooms.map((room) => ada.post(documents.ADD, { input: { roomId: room.id, userIds: [bob.id] } }));
    const deleted = until(
      'the account to be deleted',
      () => bob.post<{ deleteAccount: boolean }>(documents.DELETE_ACCOUNT, { password: PASSWORD }),
      ({ data, errors }) => data?.deleteAccount === true || errors?.[0]?.extensions.code === 'UNAUTHENTICATED',
    );
    await Promise.all([...adding, deleted]);
    for (const room of rooms) {
      const { members } = (
        await ada.ask<{ room: { members: { nodes: { user: { id: string } }[] } } }>(documents.MEMBERS, { id: room.id })
      ).room;
      expect(members.nodes.map(({ user }) => user.id)).toEqual([ada.id]);
    }
  });
});
