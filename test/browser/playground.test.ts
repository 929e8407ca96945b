// The playground in a real browser: it brings all that it needs, and its tabs lead from signing in to hearing a room.
import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';
import { EXAMPLES, type Example } from '../../src/gateway/playground/examples.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { until } from '../support/wait.js';
import { Visitor } from './visitor.js';

const TABS = ['SignIn', 'MyRooms', 'Listen', 'SendMessage', 'History'];
const PLACEHOLDER = 'PASTE_THE_ID_OF_A_ROOM';
const MY_ROOMS = '{ viewer { rooms { nodes { id name } } } }';

interface MyRooms {
  viewer: { rooms: { nodes: { id: string; name: string }[] } };
}

describe('the playground', () => {
  let house: House;
  let bob: Guest;
  let lobby: string;
  let visitor: Visitor;
  const asked: string[] = [];

  beforeAll(async () => {
    house = await House.open({ PARLEY_DEMO: 'true' });
    [bob] = await house.guests('Bob');
    const { viewer } = await bob.ask<MyRooms>(MY_ROOMS);
    lobby = viewer.rooms.nodes.find(({ name }) => name === 'Lobby')?.id ?? '';
  });
  beforeEach(async () => {
    visitor = await Visitor.arrive('about:blank', { width: 1_900, height: 1_600 }); // the editors show what fits
    asked.length = 0;
    visitor.page.on('request', (request) => asked.push(request.url()));
    visitor.page.on('websocket', (socket) => asked.push(socket.url()));
    await visitor.page.goto(`${house.url}/graphql`);
    await editor('Operation').waitFor();
  });
  afterEach(async () => {
    const { complaints } = visitor;
    await visitor.leave();
    expect(complaints).toEqual([]);
  });
  afterAll(() => house?.close());

  const editor = (name: 'Operation' | 'Variables') =>
    visitor.page
      .locator(name === 'Operation' ? '.graphiql-query-editor' : '.graphiql-editor-tool')
      .locator('.view-lines')
      .first();
  const result = () => visitor.page.locator('.result-window');
  const shows = (text: string) =>
    result()
      .filter({ hasText: text })
      .waitFor()
      .catch(async () => {
        throw new Error(`Expected the result to show ${text}, but it shows ${await result().textContent()}`);
      });
  /** The button stops what still runs, and only then executes: by its name it is known which of the two it does. */
  const play = () => visitor.page.getByRole('button', { name: /^Execute query/ }).press('Enter');

  function example(tab: string): Example {
    const found = EXAMPLES.find(({ query }) => new RegExp(`^(query|mutation|subscription) ${tab}\\b`, 'm').test(query));
    if (!found) throw new Error(`No example is called ${tab}`);
    return found;
  }

  async function open(tab: string): Promise<void> {
    const button = visitor.page.getByRole('tab').getByRole('button', { name: tab, exact: true });
    await button.press('Enter'); // a tab can be dragged, so it moves under a pointer that is quicker than a hand
    await visitor.page.locator('[role=tab][aria-selected=true]').filter({ hasText: tab }).waitFor();
    const [firstLine] = example(tab).query.split('\n', 1);
    await editor('Operation').filter({ hasText: firstLine }).waitFor();
  }

  /** Pastes, and pastes again when nothing came of it: an editor that is only waking up takes no notice. */
  async function paste(into: 'Operation' | 'Variables', text: string): Promise<void> {
    const longestLine = text.split('\n').reduce((longest, line) => (line.length > longest.length ? line : longest));
    const pasted = editor(into).filter({ hasText: longestLine.trim() });
    await until(
      `${into} to take what is pasted`,
      async () => {
        await editor(into).click();
        await visitor.page.keyboard.press('Control+A');
        await visitor.page.evaluate((content) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', content);
          document.activeElement?.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
          );
        }, text);
        return pasted.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
      },
      Boolean,
    );
  }

  /** The variables of a tab as it opened, with a room's id where one is wanted. */
  async function fillIn(tab: string): Promise<void> {
    await open(tab);
    const { variables = '' } = example(tab);
    expect(variables).toContain(PLACEHOLDER);
    await paste('Variables', variables.replace(PLACEHOLDER, lobby));
  }

  it('offers examples that the schema understands', async () => {
    const schema = buildSchema(await readFile(new URL('../../schema.gql', import.meta.url), 'utf8'));
    for (const { query } of EXAMPLES) expect(validate(schema, parse(query))).toEqual([]);
    expect(
      await visitor.page
        .getByRole('tab')
        .getByRole('button', { name: /^[A-Z]/ })
        .allInnerTexts(),
    ).toEqual(expect.arrayContaining(TABS));
  });

  it('asks nobody but its own server, and marks what the schema does not know', async () => {
    await open('MyRooms');
    await paste('Operation', 'query MyRooms { viewer { nonsense } }');
    await visitor.page.locator('.squiggly-error').first().waitFor(); // the schema has come, and the workers work
    const elsewhere = asked.filter((url) => !url.startsWith(house.url) && !url.startsWith('data:'));
    expect(elsewhere).toEqual([]);
    expect(asked).toContain(`${house.url}/playground/graphql.worker.js`);
  });

  it('leads from signing in to hearing a room, without a reload', async () => {
    await fillIn('Listen');
    await play();
    await shows('Sign in first');

    await open('SignIn');
    await play();
    await shows('"displayName": "Ada"');

    await open('MyRooms');
    await play();
    await shows('Workshop');
    await shows(lobby);

    await open('Listen');
    await play();
    await shows('StreamReady');
    await bob.send(lobby, 'Can you hear me, playground?');
    await shows('Can you hear me, playground?');

    const heard = await bob.listen(lobby);
    await fillIn('SendMessage');
    await play();
    const hello = { content: 'Hello from the playground', author: { displayName: 'Ada' } };
    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', message: hello });
    heard.stop();

    await fillIn('History');
    await play();
    await shows('Can you hear me, playground?');
    await shows(hello.content);
  });

  it('hears as whoever has signed in last', async () => {
    await open('SignIn');
    await play();
    await shows('"displayName": "Ada"');
    await fillIn('Listen');
    await play();
    await shows('StreamReady');

    await open('SignIn');
    await paste('Operation', 'mutation SignIn { signOut }');
    await play();
    await shows('"signOut": true');
    await open('Listen');
    await play();
    await shows('Sign in first');
  });
});

describe('the playground, turned off', () => {
  it('is no page, and tells nobody the schema', async () => {
    const house = await House.open({ PARLEY_PLAYGROUND: 'false' });
    try {
      const page = await fetch(`${house.url}/graphql`, { headers: { accept: 'text/html' } });
      expect(await page.text()).not.toContain('<html');
      expect((await fetch(`${house.url}/playground/graphiql.js`)).status).toBe(404);
      const { data, errors } = await house.stranger().post('{ __schema { queryType { name } } }');
      expect(data ?? null).toBeNull();
      expect(errors?.[0]?.message).toContain('introspection');
    } finally {
      await house.close();
    }
  });
});
