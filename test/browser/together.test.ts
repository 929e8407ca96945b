// What makes a chat page out of a talk: reactions, unread badges, threads, who is here and typing, and search.

import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { until } from '../support/wait.js';
import { Visitor } from './visitor.js';

describe('two people on the chat page, and more than words between them', () => {
  let house: House;
  let ada: Visitor;
  let bob: Visitor;
  let adaElsewhere: Guest;
  let bobElsewhere: Guest;
  let garden: { id: string };

  beforeAll(async () => {
    house = await House.open();
    [adaElsewhere, bobElsewhere] = await house.guests('Ada', 'Bob');
    garden = await adaElsewhere.createRoom('Garden', { with: [bobElsewhere] });
    [ada, bob] = await Promise.all([Visitor.arrive(house.url), Visitor.arrive(house.url)]);
    await Promise.all([ada.signIn(adaElsewhere), bob.signIn(bobElsewhere)]);
    await Promise.all([ada.isIn('Garden'), bob.isIn('Garden')]);
  });
  afterAll(async () => {
    await Promise.all([ada?.leave(), bob?.leave()]);
    await house?.close();
  });

  it('react to what is said, and take it back with the same click', async () => {
    await ada.say('The tomatoes are up.');
    const forBob = bob.message('The tomatoes are up.');
    const forAda = ada.message('The tomatoes are up.');
    await forBob.hover();
    await forBob.getByRole('button', { name: 'Add reaction' }).click();
    await forBob.getByRole('button', { name: 'React with 🎉' }).press('Enter'); // without a mouse
    await forBob.getByRole('button', { name: '🎉, 1, you too', pressed: true }).waitFor();

    await forAda.getByRole('button', { name: '🎉, 1', exact: true, pressed: false }).click();
    await forAda.getByRole('button', { name: '🎉, 2, you too' }).waitFor();
    await forBob.getByRole('button', { name: '🎉, 2, you too' }).click();
    await forAda.getByRole('button', { name: '🎉, 1, you too' }).waitFor();
    await forBob.getByRole('button', { name: '🎉, 1', exact: true, pressed: false }).waitFor();
  });

  it('see what is pinned, where one of them may pin', async () => {
    await ada.message('The tomatoes are up.').hover();
    await ada.message('The tomatoes are up.').getByRole('button', { name: 'Pin message' }).click();
    await bob.message('The tomatoes are up.').getByText('Pinned').waitFor();
    expect(await bob.page.getByRole('button', { name: 'Pin message' }).count()).toBe(0);
    await ada.message('The tomatoes are up.').getByRole('button', { name: 'Unpin message' }).click();
    await bob.message('The tomatoes are up.').getByText('Pinned').waitFor({ state: 'detached' });
  });

  it('are told of what they have not read, in rooms where they are not, and where it begins', async () => {
    const shed = await adaElsewhere.createRoom('Shed', { with: [bobElsewhere] });
    await bob.roomLink('Shed').waitFor(); // without a reload
    await adaElsewhere.send(shed, 'Read long ago.');
    await bob.roomLink('Shed').getByText('1 unread').waitFor();
    await bob.enter('Shed');
    await bob.sees('Read long ago.');
    await bob.enter('Garden');
    await bob.roomLink('Shed').waitFor();
    expect(await bob.roomLink('Shed').getByText('unread').count()).toBe(0);

    await adaElsewhere.send(shed, 'The roof leaks.');
    await adaElsewhere.send(shed, `Can you look, @${bobElsewhere.username}? Not @nobody.`);
    await bob.roomLink('Shed').getByText('2 unread').waitFor();
    await bob.roomLink('Shed').getByText('1 for you').waitFor();

    await bob.enter('Shed');
    const list = bob.page.getByRole('region', { name: 'Messages' }).getByRole('listitem');
    await list.filter({ hasText: 'New messages' }).filter({ hasText: 'The roof leaks.' }).waitFor();
    const mentions = bob.message('Can you look').locator('.mention');
    expect(await mentions.allTextContents()).toEqual([`@${bobElsewhere.username}`]);
    await until(
      'the server to know that Bob has read',
      () => unreadOf(bobElsewhere, shed.id),
      (unread) => unread === 0,
    );

    // While he reads along, nothing is marked as new.
    await adaElsewhere.send(shed, 'Thank you.');
    await bob.seesDelivered('Thank you.');
    expect(await bob.page.getByText('New messages', { exact: true }).count()).toBe(1);
    await Promise.all([ada.enter('Garden'), bob.enter('Garden')]);
  });

  it('reply to each other in a thread beside the talk', async () => {
    await ada.say('Who waters on Sunday?');
    await bob.message('Who waters on Sunday?').hover();
    await bob.message('Who waters on Sunday?').getByRole('button', { name: 'Reply in thread' }).click();
    const beside = bob.page.getByRole('complementary', { name: 'Thread' });
    await beside.getByText('Who waters on Sunday?').waitFor();
    await beside.getByRole('textbox', { name: 'Reply' }).fill('I do.');
    await bob.page.keyboard.press('Enter');
    await beside.locator('article:not([data-state])').filter({ hasText: 'I do.' }).waitFor();

    await ada.message('Who waters on Sunday?').getByRole('button', { name: '1 reply' }).click();
    const besideAda = ada.page.getByRole('complementary', { name: 'Thread' });
    await besideAda.getByRole('article').filter({ hasText: 'I do.' }).waitFor();
    await besideAda.getByRole('textbox', { name: 'Reply' }).fill('The roses, too?');
    await ada.page.keyboard.press('Enter');
    await beside.getByRole('article').filter({ hasText: 'The roses, too?' }).waitFor();
    await bob.message('Who waters on Sunday?').getByRole('button', { name: '2 replies' }).waitFor();
    expect(await bob.message('The roses, too?').count()).toBe(0); // not in the main line
    await besideAda.getByRole('button', { name: 'Close thread' }).click();
    await beside.getByRole('button', { name: 'Close thread' }).click();
  });

  it('see who is here and who is typing', async () => {
    await ada.page.getByRole('button', { name: 'Details and members' }).click();
    const members = ada.page.getByRole('region', { name: 'Members' }).getByRole('listitem');
    await members.filter({ hasText: /Bob.*online/ }).waitFor();
    await bob.composer.pressSequentially('I th');
    await ada.page.getByText('Bob is typing…').waitFor();
    await bob.say('I think so.');
    await ada.sees('I think so.');
    await ada.page.getByText('Bob is typing…').waitFor({ state: 'detached' });

    const [cleoElsewhere] = await house.guests('Cleo');
    await adaElsewhere.ask(documents.ADD, { input: { roomId: garden.id, userIds: [cleoElsewhere.id] } });
    const cleo = await Visitor.arrive(house.url);
    await cleo.signIn(cleoElsewhere);
    await members.filter({ hasText: /Cleo.*online/ }).waitFor();
    await cleo.leave();
    await members.filter({ hasText: /Cleo.*online/ }).waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: 'Close details' }).click();
  });

  it('find again what was said, with the words marked, and go where it was', async () => {
    const cellar = await adaElsewhere.createRoom('Cellar', { with: [bobElsewhere] });
    await adaElsewhere.send(cellar, 'The <b>potatoes</b> are behind the apples.');
    await bob.page.getByRole('button', { name: 'Search messages' }).click();
    await bob.page.getByRole('searchbox', { name: 'Words to look for' }).fill('potatoes apples');
    await bob.page.keyboard.press('Enter');
    const hit = bob.page.getByRole('list', { name: 'Found' }).getByRole('link');
    await hit
      .filter({ hasText: 'in Cellar' })
      .filter({ hasText: 'The <b>potatoes</b> are behind the apples' })
      .waitFor();
    expect(await hit.locator('mark').allTextContents()).toEqual(['potatoes', 'apples']);
    await hit.press('Enter');
    await bob.isIn('Cellar');
    await bob.sees('potatoes');

    await bob.page.getByRole('button', { name: 'Search messages' }).click();
    await bob.page.getByRole('searchbox', { name: 'Words to look for' }).fill('zeppelin');
    await bob.page.keyboard.press('Enter');
    await bob.page.getByText('Nothing that you may read has these words.').waitFor();
    await bob.page.keyboard.press('Escape');
  });

  it('give the browser nothing to complain about', () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});

async function unreadOf(guest: Guest, id: string): Promise<number> {
  const query = 'query Unread($id: ID!) { room(id: $id) { viewerReadState { unreadCount } } }';
  const { room } = await guest.ask<{ room: { viewerReadState: { unreadCount: number } } }>(query, { id });
  return room.viewerReadState.unreadCount;
}
