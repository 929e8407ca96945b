// One's own account on the chat page: how one is called, where one is signed in, keys for programs, and the end of it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { Visitor } from './visitor.js';

describe('an account on the chat page', () => {
  let house: House;
  let ada: Visitor;
  let bob: Visitor;
  let adaElsewhere: Guest;
  let bobElsewhere: Guest;

  beforeAll(async () => {
    house = await House.open();
    [adaElsewhere, bobElsewhere] = await house.guests('Ada', 'Bob');
    await adaElsewhere.createRoom('Garden', { with: [bobElsewhere] });
    [ada, bob] = await Promise.all([Visitor.arrive(house.url), Visitor.arrive(house.url)]);
    await Promise.all([ada.signIn(adaElsewhere), bob.signIn(bobElsewhere)]);
    await Promise.all([ada.isIn('Garden'), bob.isIn('Garden')]);
  });
  afterAll(async () => {
    await Promise.all([ada?.leave(), bob?.leave()]);
    await house?.close();
  });

  const accountOf = ({ page }: Visitor) => page.getByRole('dialog', { name: 'Account', exact: true });
  const openAccount = async (visitor: Visitor, part?: string) => {
    await visitor.page.getByRole('button', { name: 'Account of' }).click();
    if (part) await accountOf(visitor).getByText(part, { exact: true }).click();
    return accountOf(visitor);
  };

  it('is called otherwise, and the others read it with the next word', async () => {
    await ada.say('Before.');
    await bob.sees('Before.');
    const account = await openAccount(ada);
    await account.getByLabel('Name that others see').fill('Ada Lovelace');
    await account.getByLabel('Address of a picture').fill('http://example.org/ada.png');
    await account.getByRole('button', { name: 'Save' }).click();
    await account.getByRole('alert').filter({ hasText: 'https' }).waitFor();
    await account.getByLabel('Address of a picture').fill('https://example.org/ada.png');
    await account.getByRole('button', { name: 'Save' }).click();
    await account.getByText('Saved.').waitFor();
    await account.getByRole('button', { name: 'Close' }).click();
    await ada.page.getByRole('button', { name: 'Account of Ada Lovelace' }).waitFor();

    await ada.say('After.');
    await bob.page.getByRole('article', { name: 'Ada Lovelace' }).filter({ hasText: 'Before.' }).waitFor();
  });

  it('lets others see how far one has read, or does not', async () => {
    const account = await openAccount(ada);
    const box = account.getByRole('checkbox', { name: 'Let others see how far I have read' });
    await box.and(ada.page.locator(':enabled')).waitFor();
    expect(await box.isChecked()).toBe(true);
    await box.click();
    await box.and(ada.page.locator(':enabled:not(:checked)')).waitFor();
    const { viewer } = await adaElsewhere.ask<{ viewer: unknown }>('{ viewer { readSignals } }');
    expect(viewer).toEqual({ readSignals: false });
    await account.getByRole('button', { name: 'Close' }).click();
  });

  it('ends a session elsewhere, which is at the door at once', async () => {
    const other = await Visitor.arrive(house.url);
    await other.signIn(bobElsewhere);
    await other.isIn('Garden');
    const account = await openAccount(bob, 'Sign-in');
    const sessions = account.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await sessions.filter({ hasText: /^Chrome on .*Last used.*This browser$/ }).waitFor();
    await sessions.filter({ hasText: 'node' }).waitFor(); // the test itself
    await account.getByRole('button', { name: /^End the session of Chrome/ }).click();
    await other.page.getByText('Your session has ended.').waitFor();
    await account.getByRole('button', { name: /^End the session of Chrome/ }).waitFor({ state: 'detached' });
    expect(await sessions.count()).toBe(2);

    const secondPassword = 'another horse battery';
    await other.signIn(bobElsewhere);
    await account.getByLabel('Password', { exact: true }).fill('not the password');
    await account.getByLabel('New password').fill(secondPassword);
    await account.getByRole('button', { name: 'Change password' }).click();
    await account.getByRole('alert').waitFor();
    await account.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await account.getByRole('button', { name: 'Change password' }).click();
    await account.getByText('Your password is changed.').waitFor();
    await other.page.getByText('Your session has ended.').waitFor();
    await other.leave();
    await sessions.filter({ hasText: 'node' }).waitFor({ state: 'detached' });
    await account.getByRole('button', { name: 'Close' }).click();
    await bob.say('Still here.');
    await ada.sees('Still here.');
  });

  it('makes a key for a program, shows it once, and takes it back', async () => {
    await ada.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: house.url });
    const account = await openAccount(ada, 'Keys');
    await account.getByText('You have no keys.').waitFor();
    await account.getByLabel('What the key is for').fill('Weather bot');
    await account.getByLabel('What it may do').selectOption('Read and write');
    await account.getByLabel('When it ends').selectOption('After 90 days');
    await account.getByRole('button', { name: 'Make key' }).click();
    const secret = await account.getByLabel('Secret').inputValue();
    await account.getByRole('button', { name: 'Copy' }).click();
    await account.getByText('Copied.').waitFor();
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(secret);

    const bot = house.program(adaElsewhere, secret);
    expect(await bot.ask(documents.VIEWER)).toMatchObject({ viewer: { user: { displayName: 'Ada Lovelace' } } });
    await account.getByRole('button', { name: 'Done' }).click();
    expect(await account.getByText(secret).count()).toBe(0);
    const keys = account.getByRole('list', { name: 'Access keys' }).getByRole('listitem');
    await keys.filter({ hasText: /Weather bot.*Read and write.*ends/ }).waitFor();

    await account.getByRole('button', { name: 'Revoke the key Weather bot' }).click();
    const question = ada.page.getByRole('dialog', { name: 'Revoke Weather bot?' });
    await question.waitFor();
    await ada.page.keyboard.press('Escape'); // closes the question, not the account
    await question.waitFor({ state: 'detached' });
    await account.getByRole('button', { name: 'Revoke the key Weather bot' }).click();
    await question.getByRole('button', { name: 'Revoke', exact: true }).click();
    await account.getByText('You have no keys.').waitFor();
    await expect(bot.ask(documents.JOIN, { roomId: 'any' })).rejects.toHaveCode('UNAUTHENTICATED');
    await account.getByRole('button', { name: 'Close' }).click();
  });

  it('lists whom one has blocked, and takes it back', async () => {
    await adaElsewhere.ask(documents.BLOCK, { userId: bobElsewhere.id });
    const account = await openAccount(ada, 'Blocked');
    await account
      .getByRole('listitem')
      .filter({ hasText: `@${bobElsewhere.username}` })
      .waitFor();
    await account.getByRole('button', { name: 'Unblock Bob' }).click();
    await account.getByText('You have blocked nobody.').waitFor();
    await account.getByRole('button', { name: 'Close' }).click();
  });

  it('fits a phone', async () => {
    const phone = await Visitor.arrive(house.url, { width: 360, height: 740, touch: true });
    await phone.signIn(adaElsewhere);
    for (const part of ['Profile', 'Sign-in', 'Keys', 'Blocked']) {
      const account = await openAccount(phone, part);
      expect(await account.locator('.dialog-body').evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0);
      await account.getByRole('button', { name: 'Close' }).tap();
    }
    expect(phone.complaints).toEqual([]);
    await phone.leave();
  });

  it('is deleted with a password, and what was said stays, under no name', async () => {
    const account = await openAccount(ada);
    await account.getByRole('button', { name: 'Delete account' }).click();
    const question = ada.page.getByRole('dialog', { name: 'Delete your account?' });
    await question.getByLabel('Password').fill(PASSWORD);
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await question.getByRole('alert').filter({ hasText: 'owner' }).waitFor(); // the garden would have none

    const { viewer } = await adaElsewhere.ask<{ viewer: { rooms: { nodes: { id: string; name: string }[] } } }>(
      '{ viewer { rooms { nodes { id name } } } }',
    );
    const garden = viewer.rooms.nodes.find(({ name }) => name === 'Garden');
    await adaElsewhere.setRole(garden?.id ?? '', bobElsewhere, 'OWNER');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await ada.page.getByText('Your account is deleted.').waitFor();
    await bob.page.getByRole('article', { name: 'Deleted user' }).filter({ hasText: 'After.' }).waitFor();
  });

  it('gives the browser nothing to complain about', () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});
