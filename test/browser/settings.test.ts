// What one can set about a room and its people: roles, bans, pins, and how much of it one wants to hear.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { Visitor } from './visitor.js';

describe('a room and its people on the chat page', () => {
  let house: House;
  let ada: Visitor;
  let bob: Visitor;
  let adaElsewhere: Guest;
  let bobElsewhere: Guest;
  let cleo: Guest;
  let garden: { id: string };

  beforeAll(async () => {
    house = await House.open();
    [adaElsewhere, bobElsewhere, cleo] = await house.guests('Ada', 'Bob', 'Cleo');
    garden = await adaElsewhere.createRoom('Garden', { kind: 'PUBLIC', with: [bobElsewhere] });
    [ada, bob] = await Promise.all([Visitor.arrive(house.url), Visitor.arrive(house.url)]);
    await Promise.all([ada.signIn(adaElsewhere), bob.signIn(bobElsewhere)]);
    await Promise.all([ada.isIn('Garden'), bob.isIn('Garden')]);
  });
  afterAll(async () => {
    await Promise.all([ada?.leave(), bob?.leave()]);
    await house?.close();
  });

  const press = (visitor: Visitor, name: string) =>
    visitor.page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();

  it('is renamed by its owner, and everyone reads the new name', async () => {
    await press(ada, 'Details and members');
    await press(ada, 'Edit name and topic');
    await ada.page.getByLabel('Name', { exact: true }).fill('Orchard');
    await press(ada, 'Save');
    await bob.isIn('Orchard');
    await bob.roomLink('Orchard').waitFor();
  });

  it('shows who moderates as soon as it is decided, and offers what that allows, no more', async () => {
    await press(bob, 'Details and members');
    const details = bob.page.getByRole('complementary', { name: 'Room details' });
    await details.getByRole('button', { name: 'Leave room' }).waitFor();
    expect(await details.getByRole('button', { name: /Edit name|Archive|Remove|Ban/ }).count()).toBe(0);
    expect(await details.getByRole('combobox', { name: /Role of/ }).count()).toBe(0);

    await details.getByRole('textbox', { name: 'Add people by username' }).fill(cleo.username);
    await bob.page.keyboard.press('Enter');
    await ada.page.getByRole('combobox', { name: 'Role of Cleo' }).waitFor();
    await ada.page.getByRole('combobox', { name: 'Role of Bob' }).selectOption('Moderator');

    await details.getByRole('button', { name: 'Remove Cleo' }).waitFor();
    await details.getByRole('region', { name: 'Bans' }).waitFor();
    expect(await details.getByRole('button', { name: /Remove Ada|Edit name|Archive/ }).count()).toBe(0);
  });

  it('keeps out whom a moderator bans, for a reason and for a while, until somebody lets them in', async () => {
    await bob.page.getByRole('button', { name: 'About Cleo' }).click();
    await press(bob, 'Ban from this room');
    const form = bob.page.getByRole('dialog', { name: 'Ban Cleo' });
    await form.getByLabel('Why').fill('Trampled the beds');
    await form.getByLabel('For how long').selectOption('A week');
    await form.getByRole('button', { name: 'Ban', exact: true }).click();

    const bans = ada.page.getByRole('region', { name: 'Bans' }).getByRole('listitem');
    await bans.filter({ hasText: /Cleo.*“Trampled the beds” · by Bob · until/ }).waitFor();
    await ada.page.getByRole('combobox', { name: 'Role of Cleo' }).waitFor({ state: 'detached' });
    await expect(cleo.join(garden)).rejects.toHaveCode('NOT_FOUND');

    await ada.page.getByRole('button', { name: 'Lift the ban on Cleo' }).click();
    const forBob = bob.page.getByRole('region', { name: 'Bans' }).getByRole('listitem');
    await forBob.filter({ hasText: 'Cleo' }).waitFor({ state: 'detached' });
    await cleo.join(garden);
    await ada.page.getByRole('combobox', { name: 'Role of Cleo' }).waitFor();
  });

  it('keeps out those who were never in it, too, by their name', async () => {
    const [mallory] = await house.guests('Mallory');
    await press(ada, 'Ban somebody');
    const form = ada.page.getByRole('dialog', { name: 'Ban somebody' });
    await form.getByLabel('Username').fill('nobody-of-that-name');
    await form.getByRole('button', { name: 'Ban', exact: true }).click();
    await form.getByRole('alert').filter({ hasText: 'Nobody here is called' }).waitFor();
    await form.getByLabel('Username').fill(mallory.username);
    await form.getByRole('button', { name: 'Ban', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    const forBob = bob.page.getByRole('region', { name: 'Bans' }).getByRole('listitem');
    await forBob.filter({ hasText: /Mallory.*by Ada/ }).waitFor();
    await expect(mallory.join(garden)).rejects.toHaveCode('NOT_FOUND');
    await press(ada, 'Close details');
    await press(bob, 'Close details');
  });

  it('keeps its pins in a list that fills and empties while one looks at it', async () => {
    const said = await adaElsewhere.send(garden, 'Water the trees on Sundays.');
    await press(ada, 'Pinned messages');
    await press(bob, 'Pinned messages');
    await bob.page.getByText('Nothing is pinned here.').waitFor();
    await adaElsewhere.ask('mutation Pin($id: ID!) { pinMessage(messageId: $id) { id } }', { id: said.id });

    const pinsOf = ({ page }: Visitor) => page.getByRole('list', { name: 'Pinned', exact: true }).getByRole('listitem');
    await pinsOf(ada)
      .filter({ hasText: /Ada.*Water the trees/ })
      .waitFor();
    await pinsOf(ada).getByRole('link', { name: 'Water the trees' }).click();
    await ada.page.waitForURL(new RegExp(said.id));
    await ada.message('Water the trees on Sundays.').waitFor();
    await bob.page.getByRole('button', { name: 'Unpin what Ada said' }).click();
    await pinsOf(ada).waitFor({ state: 'detached' });

    await adaElsewhere.setRole(garden, bobElsewhere, 'MEMBER');
    await adaElsewhere.ask('mutation Pin($id: ID!) { pinMessage(messageId: $id) { id } }', { id: said.id });
    await pinsOf(bob).filter({ hasText: 'Water the trees' }).waitFor();
    expect(await bob.page.getByRole('button', { name: /Unpin what/ }).count()).toBe(0); // he moderates no more
    await press(ada, 'Close pinned messages');
    await press(bob, 'Close pinned messages');
  });

  it('tells of itself as much as one wants to hear', async () => {
    const shed = await adaElsewhere.createRoom('Shed', { with: [bobElsewhere] });
    await bob.enter('Shed');
    await press(bob, 'Details and members');
    await bob.page.getByLabel('Tell me of').selectOption('Only what mentions me');
    await bob.enter('Orchard');

    await adaElsewhere.send(shed, 'The roof leaks.');
    await adaElsewhere.send(shed, `Can you look, @${bobElsewhere.username}?`);
    await bob.roomLink('Shed').getByText('1 for you').waitFor();
    expect(await bob.roomLink('Shed').getByText('unread').count()).toBe(0);

    await bobElsewhere.ask('mutation Hear($id: ID!) { setNotify(roomId: $id, level: ALL) { id } }', { id: shed.id });
    await bob.roomLink('Shed').getByText('2 unread').waitFor(); // chosen in another browser
  });

  it('opens the talk between two from a card, and closes it to whom one blocks', async () => {
    await press(ada, 'Details and members');
    await ada.page.getByRole('button', { name: 'About Bob' }).click();
    const card = ada.page.getByRole('dialog', { name: 'Bob' });
    await card.getByText('Online').waitFor();
    await card.getByRole('button', { name: 'Message Bob' }).click();
    await card.waitFor({ state: 'detached' });
    await ada.isIn('Bob');
    await ada.say('A word, please.');
    await bob.enter('Ada'); // it has come without a reload
    await bob.sees('A word, please.');

    await press(ada, 'Details and members');
    await press(ada, 'Block Bob');
    await ada.page.getByText('Blocked: they cannot write to you directly').waitFor();
    await bob.say('Why?');
    await bob.message('Why?').getByText('Not sent.').waitFor();

    await press(ada, 'Unblock Bob');
    await press(ada, 'Close details');
    await ada.page.getByRole('button', { name: 'Block Bob' }).waitFor({ state: 'detached' });
    await bob.message('Why?').getByRole('button', { name: 'Try again' }).click();
    await ada.sees('Why?');
  });

  it('is left by whoever wants to, and offers nothing any more once it is archived', async () => {
    await Promise.all([ada.enter('Orchard'), bob.enter('Orchard')]);
    await press(ada, 'Details and members');
    await press(bob, 'Details and members');
    await press(bob, 'Leave room');
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
    await bob.roomLink('Orchard').waitFor({ state: 'detached' });
    await ada.page.getByRole('combobox', { name: 'Role of Bob' }).waitFor({ state: 'detached' });

    await adaElsewhere.ask(documents.ARCHIVE, { roomId: garden.id });
    const details = ada.page.getByRole('complementary', { name: 'Room details' });
    await details.getByRole('button', { name: 'Archive room' }).waitFor({ state: 'detached' });
    expect(await details.getByRole('button', { name: /Edit|Leave|Remove|Ban|Add/ }).count()).toBe(0);
    expect(await details.getByRole('combobox', { name: /Role/ }).count()).toBe(0);
  });

  it('fits a phone, details and cards too', async () => {
    const phone = await Visitor.arrive(house.url, { width: 360, height: 740, touch: true });
    await phone.signIn(bobElsewhere);
    await phone.roomLink('Shed').tap();
    await phone.isIn('Shed');
    await phone.page.getByRole('button', { name: 'Pinned messages' }).tap();
    await phone.page.getByText('Nothing is pinned here.').waitFor();
    await phone.page.getByRole('button', { name: 'Close pinned messages' }).tap();
    await phone.page.getByRole('button', { name: 'Details and members' }).tap();
    await phone.page.getByRole('button', { name: 'About Ada' }).tap();
    await phone.page.getByRole('dialog', { name: 'Ada' }).getByRole('button', { name: 'Message Ada' }).waitFor();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(phone.complaints).toEqual([]);
    await phone.leave();
  });

  it('gives the browser nothing to complain about', () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});
