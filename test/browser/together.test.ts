// What makes a chat page out of a talk: reactions, unread badges, threads, who is here and typing, and search.
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { Visitor } from './visitor.js';

describe('two people on the chat page, and more than words between them', () => {
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
    expect(await bob.page.getByRole('button', { name: /Pin/ }).count()).toBe(0);
    await ada.message('The tomatoes are up.').getByRole('button', { name: 'Unpin message' }).click();
    await bob.message('The tomatoes are up.').getByText('Pinned').waitFor({ state: 'detached' });
  });

  it('give the browser nothing to complain about', () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});
