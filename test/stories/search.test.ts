// Finding messages again: in the rooms that one may read, and in no others.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const SEARCH = `query Search($input: MessageSearchInput!, $first: Int, $after: String) {
  searchMessages(input: $input, first: $first, after: $after) {
    nodes { snippet message { id content roomId author { id } } } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Found {
  nodes: { snippet: string; message: { id: string; content: string; roomId: string; author: { id: string } } }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
type Door = 'post' | 'say';
type Asked = { text: string; roomId?: string; authorId?: string; sentAfter?: string; sentBefore?: string };

async function search(guest: Guest, input: Asked, page: Record<string, unknown> = {}, door: Door = 'post') {
  return (await guest.ask<{ searchMessages: Found }>(SEARCH, { input, ...page }, door)).searchMessages;
}
const texts = async (...asked: Parameters<typeof search>) =>
  (await search(...asked)).nodes.map(({ message }) => message.content).sort();

/** A word that nobody else in this house says. */
let words = 0;
const word = () => {
  words += 1;
  return `word${words}`;
};

describe.each<Door>(['post', 'say'])('a search, by %s', (door) => {
  it('finds what one may read, and nothing else', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const fig = word();
    const secret = await ada.createRoom('secret', { with: [bob] });
    const direct = await ada.createRoom('', { kind: 'DIRECT', with: [bob] });
    const open = await ada.createRoom('open', { kind: 'PUBLIC' });
    await ada.send(secret, `${fig} in secret`);
    await ada.send(direct, `${fig} in person`);
    await ada.send(open, `${fig} in public`);

    const all = [`${fig} in person`, `${fig} in public`, `${fig} in secret`];
    expect(await texts(ada, { text: fig }, {}, door)).toEqual(all);
    expect(await texts(bob, { text: fig }, {}, door)).toEqual(all);
    expect(await texts(mallory, { text: fig }, {}, door)).toEqual([`${fig} in public`]);
    expect(await texts(mallory, { text: fig, roomId: open.id }, {}, door)).toEqual([`${fig} in public`]);
    await expect(search(mallory, { text: fig, roomId: secret.id }, {}, door)).rejects.toHaveCode('NOT_FOUND');
    await expect(search(mallory, { text: fig, roomId: 'nowhere' }, {}, door)).rejects.toHaveCode('NOT_FOUND');
    await ada.remove(secret, bob);
    expect(await texts(bob, { text: fig }, {}, door)).toEqual([`${fig} in person`, `${fig} in public`]);
  });

  it('understands words, phrases, `or` and what must not be there', async () => {
    const [ada] = await house.guests('ada');
    const fig = word();
    const room = await ada.createRoom('garden');
    const said = [`${fig} red tomato`, `${fig} green tomato`, `${fig} tomato that is not so red`, `${fig} Zoë, naïve`];
    for (const content of said) await ada.send(room, content);
    const ask = (text: string) => texts(ada, { text: `${fig} ${text}` }, {}, door);

    expect(await ask('TOMATO red')).toEqual([said[0], said[2]]);
    expect(await ask('"red tomato"')).toEqual([said[0]]);
    expect(await ask('tomato -red')).toEqual([said[1]]);
    expect(await ask('zoe\u0308')).toEqual([said[3]]);
    expect(await ask('tom')).toEqual([]);
    await ada.send(room, `${fig} Map<basket, fruit> && <script>ripe()</script>`);
    for (const code of ['basket fruit', 'map', 'ripe script']) expect(await ask(code)).toHaveLength(1);
    expect(await texts(ada, { text: `"${fig} green" or "${fig} red"` }, {}, door)).toEqual([said[1], said[0]]);
    for (const text of ['!!!', '" "', '- &|():*<->'])
      expect([text, await texts(ada, { text }, {}, door)]).toEqual([text, []]);
  });

  it('is refused when it is nothing that can be looked for', async () => {
    const [ada] = await house.guests('ada');
    const stranger = house.stranger();
    for (const text of ['', ' \n ', '\u200b', 'x'.repeat(201), 'a\0b', '\ud83d', '-tomato', 'red or -tomato'])
      await expect(search(ada, { text }, {}, door)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'text' });
    await expect(search(ada, { text: 'x' }, { first: 0 }, door)).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'first',
    });
    await expect(search(ada, { text: 'x' }, { first: 101 }, door)).rejects.toHaveCode('BAD_USER_INPUT');
    for (const after of ['', 'nonsense', Buffer.from('["search","x","y","z"]').toString('base64url')])
      await expect(search(ada, { text: 'x' }, { after }, door)).rejects.toHaveCode('BAD_USER_INPUT', {
        field: 'after',
      });
    if (door === 'post') await expect(search(stranger, { text: 'x' })).rejects.toHaveCode('UNAUTHENTICATED');
  });
});

describe('what is found', () => {
  it('is shown with the words marked, as plain text that nobody can forge', async () => {
    const [ada] = await house.guests('ada');
    const fig = word();
    const room = await ada.createRoom('garden');
    await ada.send(room, `<b>x</b> \u0002fake\u0003 & <script>alert("${fig}")</script> ${fig.toUpperCase()}!`);

    const { nodes } = await search(ada, { text: fig });
    const snippet = nodes[0]?.snippet ?? '';
    const parts = snippet.replaceAll('\u0003', '\u0002').split('\u0002');
    expect(parts.filter((_, at) => at % 2 === 1)).toEqual([fig, fig.toUpperCase()]);
    expect(parts).toHaveLength(5);
    expect(snippet).toContain('x</b> fake & <script>alert(');
  });

  it('is cut to a few lines around the words', async () => {
    const [ada] = await house.guests('ada');
    const fig = word();
    const room = await ada.createRoom('garden');
    await ada.send(room, `${'before '.repeat(500)}${fig}${' after'.repeat(500)}`);
    await ada.send(room, `${fig} ${'long'.repeat(1_500)}`);

    for (const { snippet } of (await search(ada, { text: fig })).nodes) {
      expect(snippet).toContain(`\u0002${fig}\u0003`);
      expect([...snippet].length).toBeLessThanOrEqual(320);
    }
  });

  it('is narrowed to a room, a person, a time', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const fig = word();
    const [garden, market] = [await ada.createRoom('garden', { with: [bob] }), await ada.createRoom('market')];
    const first = await ada.send(garden, `${fig} first`);
    const second = await bob.send(garden, `${fig} second`);
    const third = await ada.send(market, `${fig} third`);

    expect(await texts(ada, { text: fig, roomId: garden.id })).toEqual([first.content, second.content]);
    expect(await texts(ada, { text: fig, authorId: ada.id })).toEqual([first.content, third.content]);
    expect(await texts(ada, { text: fig, authorId: 'nobody' })).toEqual([]);
    expect(await texts(ada, { text: fig, sentAfter: first.createdAt })).toEqual([second.content, third.content]);
    expect(await texts(ada, { text: fig, sentBefore: third.createdAt, sentAfter: first.createdAt })).toEqual([
      second.content,
    ]);
  });

  it('is as it is now: edited, and gone when it is deleted', async () => {
    const [ada] = await house.guests('ada');
    const [fig, plum] = [word(), word()];
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, fig);
    await ada.edit(message, plum);

    expect(await texts(ada, { text: fig })).toEqual([]);
    expect(await texts(ada, { text: plum })).toEqual([plum]);
    await ada.delete(message);
    expect(await texts(ada, { text: plum })).toEqual([]);
  });

  it('comes page by page, the best first, each once', async () => {
    const [ada] = await house.guests('ada');
    const fig = word();
    const room = await ada.createRoom('garden');
    for (let n = 0; n < 8; n += 1) await ada.send(room, `${fig} ${'and so on '.repeat(10 * n)}`);

    const contents: string[] = [];
    let after: string | null = null;
    const flags: boolean[][] = [];
    for (let page = 0; page < 3; page += 1) {
      const found: Found = await search(ada, { text: fig }, { first: 3, after });
      contents.push(...found.nodes.map(({ message }) => message.content));
      flags.push([found.pageInfo.hasPreviousPage, found.pageInfo.hasNextPage]);
      expect(found.edges.map(({ cursor }) => cursor).at(-1)).toBe(found.pageInfo.endCursor);
      after = found.pageInfo.endCursor;
      if (page === 0) await ada.send(room, fig); // as good as the first, and behind us by now
    }
    expect(flags).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
    expect(new Set(contents).size).toBe(8);
    const lengths = contents.map(({ length }) => length); // the shorter, the better
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    const beyond = await search(ada, { text: fig }, { after });
    expect([beyond.nodes, beyond.pageInfo.hasPreviousPage]).toEqual([[], true]);
  });
});

describe('another configuration', () => {
  it('knows the forms of a word; one that nobody knows stops the start', async () => {
    const english = await House.open({ PARLEY_SEARCH_CONFIGURATION: 'english' });
    try {
      const [ada] = await english.guests('ada');
      const room = await ada.createRoom('garden');
      await ada.send(room, 'The tomatoes are running wild');
      expect(await texts(ada, { text: 'tomato run' })).toHaveLength(1);
    } finally {
      await english.close();
    }
    await expect(House.open({ PARLEY_SEARCH_CONFIGURATION: 'elvish' })).rejects.toThrow();
  }, 60_000); // opens two houses
});
