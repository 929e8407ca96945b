// Ada and Bob meet on the chat page and talk: sent, heard, changed, deleted and read again later.
import { House } from '../support/house.js';
import { Visitor } from './visitor.js';

describe('two people on the chat page', () => {
  let house: House;
  let ada: Visitor;
  let bob: Visitor;

  beforeAll(async () => {
    house = await House.open();
    [ada, bob] = await Promise.all([Visitor.arrive(house.url), Visitor.arrive(house.url)]);
  });
  afterAll(async () => {
    await Promise.all([ada?.leave(), bob?.leave()]);
    await house?.close();
  });

  it('sign up and meet in a public room that one of them has made', async () => {
    await ada.signUp('ada', 'Ada');
    await ada.page.getByRole('button', { name: 'New room' }).click();
    await ada.page.getByLabel('Name', { exact: true }).fill('Garden');
    await ada.page.getByLabel('Topic').fill('Beds and seeds');
    await ada.page.getByRole('button', { name: 'Create room' }).click();
    await ada.isIn('Garden');

    await bob.signUp('bob', 'Bob');
    await bob.page.getByRole('button', { name: 'Browse' }).click();
    await bob.page.getByRole('searchbox', { name: 'Search rooms' }).fill('gard');
    await bob.page.getByRole('button', { name: 'Join Garden' }).click();
    await bob.isIn('Garden');
    await bob.roomLink('Garden').waitFor();
  });

  it('hear each other without a reload, and nothing twice', async () => {
    await ada.say('The tomatoes are up.');
    await bob.sees('The tomatoes are up.');
    await bob.say('All of them?');
    await ada.sees('All of them?');
    for (const visitor of [ada, bob]) {
      await visitor.seesDelivered('The tomatoes are up.');
      await visitor.seesDelivered('All of them?');
    }
  });

  it('are shown markup as the words that it is', async () => {
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const before = await bob.page.title();
    await ada.say(markup);
    await bob.sees(markup);
    expect(await bob.message(markup).locator('img, script').count()).toBe(0);
    await ada.say('[link](javascript:document.title=3) javascript:document.title=4');
    await bob.sees('javascript:document.title=4');
    expect(await bob.message('javascript:document.title=4').locator('a').count()).toBe(0);
    expect(await bob.page.title()).toBe(before);
  });

  it('see what is edited and what is deleted', async () => {
    await ada.message('The tomatoes are up.').hover();
    await ada.message('The tomatoes are up.').getByRole('button', { name: 'Edit message' }).click();
    await ada.page.getByRole('textbox', { name: 'Edit message' }).fill('Eleven tomatoes are up.');
    await ada.page.keyboard.press('Enter');
    await bob.sees(/Eleven tomatoes are up\.\s*\(edited\)/);
    await bob.seesNoMore('The tomatoes are up.');

    await bob.message('All of them?').hover();
    await bob.message('All of them?').getByRole('button', { name: 'Delete message' }).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await ada.sees('Message deleted');
    await ada.seesNoMore('All of them?');
  });

  it('find the talk as it was after a reload', async () => {
    await bob.page.reload();
    await bob.isIn('Garden');
    await bob.sees('Eleven tomatoes are up.');
    await bob.sees('Message deleted');
    await ada.say('Twelve, now.');
    await bob.seesDelivered('Twelve, now.');
  });

  it('write to each other alone, in the room that the two of them share', async () => {
    await ada.page.getByRole('button', { name: 'Message', exact: true }).click();
    await ada.page.getByLabel('Username').fill('bob');
    await ada.page.getByRole('button', { name: 'Open', exact: true }).click();
    await ada.isIn('Bob');
    await ada.say('Lunch at one?');
    await ada.seesDelivered('Lunch at one?');

    await bob.page.reload();
    await bob.enter('Ada');
    await bob.sees('Lunch at one?');
    await bob.say('Half past.');
    await ada.sees('Half past.');
  });

  it('see who is in a room, and what an owner may do', async () => {
    await ada.enter('Garden');
    await ada.page.getByRole('button', { name: 'Details and members' }).click();
    await ada.page.getByRole('combobox', { name: 'Role of Bob' }).waitFor();
    await ada.page.getByRole('button', { name: 'Edit name and topic' }).click();
    await ada.page.getByLabel('Topic').fill('Beds, seeds and rain');
    await ada.page.getByRole('button', { name: 'Save' }).click();

    await bob.enter('Garden');
    await bob.page.getByRole('main').getByText('Beds, seeds and rain').first().waitFor();
  });

  it('are told when they are sent away, and hear the room again when they are let in again', async () => {
    await ada.page.getByRole('button', { name: 'New room' }).click();
    await ada.page.getByText('Private', { exact: true }).click();
    await ada.page.getByLabel('Name', { exact: true }).fill('Shed');
    await ada.page.getByLabel('With whom').fill('@bob');
    await ada.page.getByRole('button', { name: 'Create room' }).click();
    await ada.isIn('Shed');
    await bob.page.reload();
    await bob.enter('Shed');

    await ada.page.getByRole('button', { name: 'Details and members' }).click();
    await ada.page.getByRole('button', { name: 'Remove Bob' }).click();
    await bob.page.getByText('You are no longer a member of this room.').waitFor();
    await bob.roomLink('Shed').waitFor({ state: 'detached' });
    await ada.say('Without Bob.');

    await ada.page.getByRole('textbox', { name: 'Add people by username' }).fill('bob');
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('combobox', { name: 'Role of Bob' }).waitFor();
    await bob.page.evaluate(() => dispatchEvent(new Event('focus'))); // Bob looks at the page again
    await bob.roomLink('Shed').waitFor();
    await bob.seesDelivered('Without Bob.');
    await bob.say('And with him.');
    await ada.sees('And with him.');
  });

  it('are told why when the room is archived, and can still read it', async () => {
    await Promise.all([ada.enter('Garden'), bob.enter('Garden')]);
    await ada.page.getByRole('button', { name: 'Details and members' }).click();
    await ada.page.getByRole('button', { name: 'Archive room' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Archive', exact: true }).click();
    await bob.page.getByText('This room is archived').waitFor();
    await bob.sees('Twelve, now.');
    expect(await bob.composer.count()).toBe(0);
  });

  it('give the browser nothing to complain about', () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});
