// The chat page in bad moments: a send that fails, a server that goes and comes back, a session that ends elsewhere.
import { createServer } from 'node:net';
import { SEND } from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { Visitor } from './visitor.js';

describe('the chat page in bad moments', () => {
  let house: House;
  let ada: Guest;
  let bob: Guest;
  let visitor: Visitor;

  beforeAll(async () => {
    house = await House.open({ PORT: String(await freePort()) }); // it must come back where it was
    [ada, bob] = await house.guests('Ada', 'Bob');
  });
  beforeEach(async () => {
    visitor = await Visitor.arrive(house.url);
    await visitor.signIn(bob);
  });
  afterEach(() => visitor?.leave());
  afterAll(() => house?.close());

  it('keeps what could not be sent, and sends it once when asked again', async () => {
    const room = await ada.createRoom('Tunnel', { with: [bob] });
    await visitor.page.reload();
    await visitor.enter('Tunnel');
    let tunnel: 'swallows the answer' | 'swallows everything' | 'ends' = 'swallows the answer';
    await visitor.page.route('**/graphql', async (route) => {
      if (tunnel === 'ends' || !route.request().postData()?.includes('sendMessage')) return route.continue();
      // The send arrives, and its answer does not: the worst case, for the page cannot know.
      if (tunnel === 'swallows the answer') await route.fetch();
      return route.abort();
    });
    const heard = await ada.listen(room);
    await visitor.say('Can you hear me?');
    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent' });
    await visitor.seesDelivered('Can you hear me?');

    tunnel = 'swallows everything';
    await visitor.say('And now?');
    await visitor.message('And now?').getByText('Not sent.').waitFor();
    tunnel = 'ends';
    await visitor.message('And now?').getByRole('button', { name: 'Try again' }).click();
    await visitor.seesDelivered('And now?');
    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', message: { content: 'And now?' } });
    await heard.isSilent();
    heard.stop();
  });

  it('says that earlier replies did not come, and brings them when asked again', async () => {
    const room = await ada.createRoom('Greenhouse', { with: [bob] });
    const first = await ada.send(room, 'What do we plant?');
    const reply = (content: string) => ada.ask(SEND, { input: { roomId: room.id, parentId: first.id, content } });
    await reply('Rutabaga.');
    await Promise.all(Array.from({ length: 55 }, (_, n) => reply(`Idea ${n}.`)));
    await visitor.page.reload();
    await visitor.enter('Greenhouse');
    await visitor.message('What do we plant?').getByRole('button', { name: '56 replies' }).click();
    const beside = visitor.page.getByRole('complementary', { name: 'Thread' });
    const earlier = beside.getByRole('button', { name: 'Earlier replies' });
    const isAskedFor = (url: URL) => url.pathname === '/graphql';
    await earlier.waitFor();
    await visitor.page.route(isAskedFor, (route) => route.abort());
    await earlier.click();
    await beside.getByRole('alert').getByText('The server cannot be reached just now.').waitFor();
    await visitor.page.unroute(isAskedFor);
    await earlier.click();
    await beside.getByText('Rutabaga.').waitFor();
    await beside.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('says that the server is away, comes back by itself, and has missed nothing', async () => {
    const room = await ada.createRoom('Harbour', { with: [bob] });
    await visitor.page.reload();
    await visitor.enter('Harbour');
    await ada.send(room, 'Before the storm.');
    await visitor.sees('Before the storm.');

    await house.processes[0]?.kill();
    await visitor.connection.filter({ hasText: 'Reconnecting' }).waitFor();
    await house.restart();
    await ada.send(room, 'After the storm.');
    await visitor.seesDelivered('After the storm.');
    await visitor.isLive();
  });

  it('brings people back to the door, with a reason, when their session has ended elsewhere', async () => {
    await ada.createRoom('Door', { with: [bob] });
    await visitor.page.reload();
    await visitor.enter('Door');
    const cookies = await visitor.page.context().cookies();
    await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ query: 'mutation { signOut }' }),
    });
    await visitor.page.getByText('Your session has ended.').waitFor();
    await visitor.page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await visitor.rooms.count()).toBe(0);

    await visitor.signIn(bob);
    await visitor.isIn('Door');
  });

  it('tells in the server’s own words what is wrong with what one typed', async () => {
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.getByLabel('Username').fill(bob.username);
    await visitor.page.getByLabel('Password').fill('not the password');
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page
      .getByRole('alert')
      .filter({ hasText: /\w.*\./ })
      .waitFor();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
