// Reading on the chat page: text that stays text, a screen as narrow as a phone, and hands that use no mouse.
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { until } from '../support/wait.js';
import { Visitor } from './visitor.js';

describe('reading on the chat page', () => {
  let house: House;
  let ada: Guest;
  let bob: Guest;
  const visitors: Visitor[] = [];

  const arrive = async (...[screen]: [Parameters<typeof Visitor.arrive>[1]?]) => {
    const visitor = await Visitor.arrive(house.url, screen);
    visitors.push(visitor);
    return visitor;
  };

  beforeAll(async () => {
    house = await House.open();
    [ada, bob] = await house.guests('Ada', 'Bob');
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((visitor) => visitor.leave()));
  });
  afterAll(() => house?.close());

  it('shows markup as the text that it is, and makes links of http and https alone', async () => {
    const room = await ada.createRoom('Markup', { with: [bob] });
    await ada.send(room, `<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>`);
    await ada.send(room, 'See https://example.org/a_(b), or javascript:window.hacked=true.');
    const reader = await arrive();
    await reader.signIn(bob);
    await reader.enter('Markup');
    await reader.sees('<img src=x onerror="window.hacked = true"><script>');
    expect(await reader.page.locator('.timeline-scroll img, .timeline-scroll script').count()).toBe(0);
    const links = reader.page.getByRole('region', { name: 'Messages' }).getByRole('link');
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.org/a_(b)',
    ]);
    expect(await reader.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(reader.complaints).toEqual([]);
  });

  it('fits a phone: the list and the room are two views, with a way back', async () => {
    const room = await ada.createRoom('Pocket', { with: [bob] });
    await ada.send(room, 'Can you read this on the tram?');
    await ada.send(room, `https://example.org/${'long-address-'.repeat(20)}`);
    const phone = await arrive({ width: 360, height: 740, touch: true });
    await phone.signIn(bob);
    const composer = phone.composer;
    expect(await composer.count()).toBe(0);

    await phone.roomLink('Pocket').tap();
    await phone.isIn('Pocket');
    await phone.sees('Can you read this on the tram?');
    await phone.rooms.waitFor({ state: 'hidden' });
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect((await composer.boundingBox())?.width).toBeLessThan(350);
    await composer.fill('Yes, easily.');
    await phone.page.getByRole('button', { name: 'Send' }).tap();
    await phone.seesDelivered('Yes, easily.');

    await phone.page.getByRole('link', { name: 'Back to your rooms' }).tap();
    await phone.rooms.getByRole('link', { name: /Pocket.*You: Yes, easily\./ }).waitFor();
    await composer.waitFor({ state: 'detached' });
  });

  it('needs no mouse: sign in, choose a room, write, edit and go on', async () => {
    await ada.createRoom('Keys', { with: [bob] });
    await ada.createRoom('Livelier', { with: [bob] });
    const keys = await arrive();
    const { keyboard } = keys.page;
    await keys.page.locator('input[name=username]:focus').waitFor();
    await keyboard.type(bob.username);
    await keyboard.press('Tab');
    await keyboard.type('correct horse battery');
    await keyboard.press('Enter');
    await keys.rooms.waitFor();

    const chosen = keys.roomLink('Keys');
    await keys.composer.and(keys.page.locator(':focus')).waitFor(); // the liveliest room has opened, ready to write
    await until(
      'Tab to reach the room',
      async () => {
        await keyboard.press('Shift+Tab');
        return chosen.evaluate((link) => link === document.activeElement);
      },
      (reached) => reached,
    );
    await keyboard.press('Enter');
    await keys.isIn('Keys');
    await keys.composer.and(keys.page.locator(':focus')).waitFor();
    await keyboard.type('First line');
    await keyboard.press('Shift+Enter');
    await keyboard.type('second line');
    await keyboard.press('Enter');
    await keys.seesDelivered('First line\nsecond line');

    await keyboard.press('ArrowUp');
    await keys.page.getByRole('textbox', { name: 'Edit message' }).waitFor();
    await keyboard.type(', and a third');
    await keyboard.press('Enter');
    await keys.sees(/second line, and a third\s*\(edited\)/);
    await keys.composer.and(keys.page.locator(':focus')).waitFor();
  });

  it('holds for read what was on screen when one left, though the count of it came later', async () => {
    const room = await ada.createRoom('Passing', { with: [bob] });
    await ada.createRoom('Next door', { with: [bob] });
    const reader = await arrive();
    const counts = await reader.gate('"viewerEvents"');
    await reader.signIn(bob);
    await reader.enter('Passing');
    counts.hold();
    await ada.send(room, 'Dinner is ready.');
    await reader.sees('Dinner is ready.');
    await reader.enter('Next door');
    counts.release();
    const query = 'query Unread($id: ID!) { room(id: $id) { viewerReadState { unreadCount } } }';
    await until(
      'it to be read',
      () => bob.ask<{ room: { viewerReadState: { unreadCount: number } } }>(query, { id: room.id }),
      (seen) => seen.room.viewerReadState.unreadCount === 0,
    );
    await reader.roomLink('Passing').getByText('unread').waitFor({ state: 'detached' });
  });

  it('leaves Enter to an input method that is still composing', async () => {
    await ada.createRoom('Compose', { with: [bob] });
    const writer = await arrive();
    await writer.signIn(bob);
    await writer.enter('Compose');
    await writer.composer.fill('にほん');
    await writer.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await writer.composer.inputValue()).toBe('にほん');
    await writer.composer.press('Enter');
    await writer.seesDelivered('にほん');
  });
});
