// Reading on the chat page: a long past that comes page by page, text that stays text, and a screen as narrow as a phone.
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

  it('brings older pages as one scrolls up, and moves nothing that one reads', async () => {
    const room = await ada.createRoom('Archive', { with: [bob] });
    for (let line = 1; line <= 120; line += 1) await ada.send(room, `Line ${line}.`);
    const reader = await arrive();
    await reader.signIn(bob);
    await reader.enter('Archive');
    await reader.sees('Line 120.');
    expect(await reader.message('Line 10.').count()).toBe(0); // that far back is another page

    const scroller = reader.page.getByRole('region', { name: 'Messages' });
    const placeOf = async (text: string) => (await reader.message(text).boundingBox())?.y ?? Number.NaN;
    await reader.message('Line 60.').scrollIntoViewIfNeeded();
    const before = await placeOf('Line 60.');
    const newest = reader.page.getByRole('button', { name: 'Newest' });
    await newest.waitFor();
    await scroller.evaluate((element) => element.scrollBy(0, -400));
    await reader.message('Line 10.').waitFor({ state: 'attached' });
    expect(Math.round((await placeOf('Line 60.')) - before)).toBe(400);

    await scroller.focus();
    await until(
      'the beginning to come',
      async () => {
        await reader.page.keyboard.press('Home');
        return reader.message('Line 1.').count();
      },
      (count) => count === 1,
    );
    await reader.page.getByRole('heading', { name: 'Archive', level: 3 }).waitFor();
    expect(await reader.message(/Line \d+\./).count()).toBe(120);

    // Somebody speaks while one reads further up: a button tells, and the page stays where it is.
    await until(
      'the scrolling to end',
      () => scroller.evaluate((element) => element.scrollHeight - element.clientHeight + element.scrollTop),
      (left) => left < 1,
    );
    const here = await placeOf('Line 5.');
    await ada.send(room, 'Something new.');
    await reader.page.getByRole('button', { name: '1 new' }).waitFor();
    expect(Math.abs((await placeOf('Line 5.')) - here)).toBeLessThan(1); // the browser rounds what it scrolls by
    await reader.page.getByRole('button', { name: '1 new' }).click();
    await reader.page.getByRole('button', { name: /new|Newest/ }).waitFor({ state: 'detached' });
    await until(
      'the newest to be on screen',
      () => placeOf('Something new.'),
      (y) => y > 0 && y < 800,
    );
  });

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
