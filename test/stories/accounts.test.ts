// One's account: how others see it, its password, and its end.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { PASSWORD } from '../support/guest.js';
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
  });
});
