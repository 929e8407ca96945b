// A room with a long past on the chat page: how far one may scroll, how one comes to a message in the midst of it, and
// how one comes back, while somebody goes on talking.
import type { Locator } from 'playwright-core';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { until } from '../support/wait.js';
import { Visitor } from './visitor.js';

const LINES = 600;
const TOGETHER = 10;
const MOST_ROWS = 80; // two screens of short rows, and what is kept ready around them

describe('a room with a long past', () => {
  let house: House;
  let ada: Guest;
  let bob: Guest;
  let room: { id: string };
  let reader: Visitor;
  let scroller: Locator;

  beforeAll(async () => {
    house = await House.open();
    [ada, bob] = await house.guests('Ada', 'Bob');
    room = await ada.createRoom('Archive', { with: [bob] });
    for (let line = 1; line <= LINES; line += TOGETHER) {
      // Those that are sent together come in any order, but none of them before those of the round before.
      await Promise.all(Array.from({ length: TOGETHER }, (_, more) => ada.send(room, textOf(line + more))));
    }
    await bob.send(room, 'I have read it all.');
    reader = await Visitor.arrive(house.url);
    await reader.signIn(bob);
    await reader.enter('Archive');
    scroller = reader.page.getByRole('region', { name: 'Messages' });
  }, 180_000);
  afterAll(async () => {
    await reader?.leave();
    await house?.close();
  });

  const rowCount = () => scroller.getByRole('listitem').count();
  /** The numbers of the lines that exist as rows, from above. */
  const numbers = async () =>
    (await scroller.getByRole('article').allInnerTexts())
      .flatMap((text) => /Line (\d+)\./.exec(text)?.[1] ?? [])
      .map(Number);
  const unread = async () => {
    const query = 'query Unread($id: ID!) { room(id: $id) { viewerReadState { unreadCount } } }';
    const seen = await bob.ask<{ room: { viewerReadState: { unreadCount: number } } }>(query, { id: room.id });
    return seen.room.viewerReadState.unreadCount;
  };
  /** How far below the top of the page it begins; NaN of what is not there at all. */
  const placeOf = async (text: string | RegExp) => {
    const row = reader.message(text).first();
    return (await row.count()) > 0 ? ((await row.boundingBox())?.y ?? Number.NaN) : Number.NaN;
  };
  const isOnScreen = (text: string | RegExp) =>
    until(
      `${text} to be on screen`,
      () => placeOf(text),
      (y) => y > 0 && y < 740,
    );
  /** Done when the page has drawn it: a busy browser draws once after many steps, and its rows are old until then. */
  const scrollBy = (step: number) =>
    scroller.evaluate(async (element, by) => {
      element.scrollBy(0, by);
      const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
      await drawn();
      await drawn();
    }, step);
  const scrollUntil = (step: number, what: string, isThere: () => Promise<boolean>) =>
    until(
      what,
      async () => {
        await scrollBy(step);
        return isThere();
      },
      (there) => there,
    );

  it('is scrolled back to its beginning with few rows on the page, and nothing that one reads moves', async () => {
    await reader.sees('I have read it all.');
    expect(await rowCount()).toBeLessThan(MOST_ROWS);
    expect(await numbers()).not.toContain(LINES - 60);

    await scrollUntil(-600, 'a line some pages back', async () => (await numbers()).includes(440));
    const there = await numbers();
    const row = there[Math.floor(there.length / 2)]; // in the midst of what is on screen
    const before = await placeOf(`Line ${row}.`);
    await scrollBy(-150);
    await until(
      'the row to move by what was scrolled, and by no more',
      async () => Math.round((await placeOf(`Line ${row}.`)) - before),
      (moved) => Math.abs(moved - 150) <= 1,
    );

    let most = 0;
    await scrollUntil(-1_500, 'the beginning', async () => {
      most = Math.max(most, await rowCount());
      return (await numbers()).includes(1) && (await scroller.evaluate(({ scrollTop }) => scrollTop)) === 0;
    });
    expect(most).toBeLessThan(MOST_ROWS);
    await reader.page.getByRole('heading', { name: 'Archive', level: 3 }).waitFor();

    // Somebody speaks meanwhile: a button tells, and the page stays where it is.
    const here = await placeOf('Line 5.');
    await ada.send(room, 'Something new.');
    await reader.page.getByRole('button', { name: '1 new' }).click();
    await isOnScreen('Something new.');
    expect(here).toBeGreaterThan(0);
    await reader.page.getByRole('button', { name: /new$|Newest/ }).waitFor({ state: 'detached' });
  });

  it('follows what is said at its end', async () => {
    for (let line = 1; line <= 30; line += 1) await ada.send(room, `Going on, ${line}.\nAnd on.`);
    await isOnScreen('Going on, 30.');
    await reader.say('I am listening.');
    await isOnScreen('I am listening.');
    await reader.seesDelivered('I am listening.');
  });

  it('opens around what was found, marks it, and can be read on from there to what is said now', async () => {
    await reader.page.getByRole('button', { name: 'Search messages' }).click();
    await reader.page.getByRole('searchbox', { name: 'Words to look for' }).fill('needle');
    await reader.page.keyboard.press('Enter');
    await reader.page.getByRole('list', { name: 'Found' }).getByRole('link').press('Enter');
    await isOnScreen('needle');
    await reader.message('needle').and(reader.page.locator('.marked:focus')).waitFor();
    const around = await numbers();
    expect(around.indexOf(300)).toBeGreaterThan(2);
    expect(around.indexOf(300)).toBeLessThan(around.length - 3);

    await ada.send(room, 'Said while Bob is far back.');
    await reader.page.getByRole('button', { name: '1 new' }).waitFor();
    await scrollUntil(-400, 'what was said before', async () => (await numbers()).includes(240));

    // From here to the end, no line is left out.
    const seen = new Set<number>();
    await scrollUntil(500, 'what is said now', async () => {
      for (const number of await numbers()) seen.add(number);
      return (await reader.message('Said while Bob is far back.').count()) === 1;
    });
    for (let line = 260; line <= LINES; line += 1) expect(seen).toContain(line);
    await ada.send(room, 'And after that.');
    const wayBack = reader.page.getByRole('button', { name: /new$|Newest/ });
    await scrollUntil(500, 'the very end', async () => (await wayBack.count()) === 0);
    await isOnScreen('And after that.');
    expect(await reader.message('Said while Bob is far back.').count()).toBe(1);
  });

  it('opens where one has stopped reading', async () => {
    await ada.createRoom('Elsewhere', { with: [bob] });
    await reader.enter('Elsewhere');
    for (let line = 1; line <= 90; line += 1) await ada.send(room, `News ${line}.`);
    await reader.roomLink('Archive').getByText('90 unread').waitFor();
    await reader.enter('Archive');
    await reader.page.getByText('New messages', { exact: true }).waitFor();
    await isOnScreen('News 1.');
    await isOnScreen('And after that.'); // what one had read before
    expect(await unread()).toBe(90); // what one has not come to is not read

    await reader.page.getByRole('button', { name: /new$|Newest/ }).click();
    await isOnScreen('News 90.');
    await until('all to be read', unread, (count) => count === 0);
  });

  it('shows what a message said before, to who wrote it and not to others', async () => {
    const message = await ada.send(room, 'At seven.');
    await ada.edit(message, 'At eight.');
    await reader.sees(/At eight\.\s*\(edited\)/);
    expect(await reader.message('At eight.').getByRole('button', { name: 'Edited' }).count()).toBe(0);

    const writer = await Visitor.arrive(house.url);
    await writer.signIn(ada);
    await writer.enter('Archive');
    await writer.message('At eight.').getByRole('button', { name: 'Edited' }).click();
    await writer.page.getByRole('list', { name: 'Earlier texts' }).getByText('At seven.').waitFor();
    await writer.leave();
  });

  it('opens a long thread at the old reply that was found', async () => {
    const first = await ada.send(room, 'What do we plant?');
    const reply = async (content: string) => {
      const input = { roomId: room.id, parentId: first.id, content };
      await ada.ask('mutation Reply($input: SendMessageInput!) { sendMessage(input: $input) { id } }', { input });
    };
    await reply('Rutabaga, says the neighbour.');
    for (let n = 2; n <= 120; n += TOGETHER) {
      await Promise.all(Array.from({ length: TOGETHER }, (_, more) => reply(`Idea ${n + more}.`)));
    }
    await reader.page.getByRole('button', { name: 'Search messages' }).click();
    await reader.page.getByRole('searchbox', { name: 'Words to look for' }).fill('rutabaga');
    await reader.page.keyboard.press('Enter');
    await reader.page.getByRole('list', { name: 'Found' }).getByRole('link').press('Enter');
    const beside = reader.page.getByRole('complementary', { name: 'Thread' });
    await beside.locator('.marked:focus').getByText('Rutabaga').waitFor();
    await beside.getByRole('button', { name: 'Earlier replies' }).waitFor({ state: 'detached' });
  });

  it('gives the browser nothing to complain about', () => {
    expect(reader.complaints).toEqual([]);
  });
});

/** Of unlike heights, and one of them with a word of its own. */
function textOf(line: number): string {
  const more = line % 7 === 0 ? '\nwith more\nto say' : line % 11 === 0 ? ` ${'and a long tail '.repeat(20)}` : '';
  return `Line ${line}.${line === 300 ? ' needle' : ''}${more}`;
}
