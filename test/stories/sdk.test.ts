// The SDK against the real server: what a program sees that uses nothing else, in good times and bad.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChatClient, type RoomSignal, type RoomStreamItem, type ViewerEvent } from '../../src/client/index.js';
import { PASSWORD } from '../support/guest.js';
import { House, onServices } from '../support/house.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

const clients: ChatClient[] = [];
afterAll(() => Promise.all(clients.map((client) => client.close())));

async function person(username: string, url = house.url): Promise<ChatClient> {
  const client = new ChatClient({ url: `${url}/graphql` });
  clients.push(client);
  await client.signUp({ username, password: PASSWORD });
  return client;
}

describe('two programs', () => {
  it('talk through a room, and read back what was said', async () => {
    const [ada, bob] = await Promise.all([person('sdk-ada'), person('sdk-bob', house.urls.at(-1))]);
    const { user } = (await bob.viewer()) ?? {};
    const room = await ada.createRoom({ kind: 'PRIVATE', name: 'garden', memberIds: [user?.id ?? ''] });
    const listener = bob.listen(room.id);
    expect(await listener.ready).toMatchObject({ start: 'LIVE', replayed: 0 });

    const sent = await ada.send(room.id, 'hello');
    await ada.edit(sent.id, 'hello, Bob');
    const heard: RoomStreamItem[] = [];
    for await (const item of listener) {
      heard.push(item);
      if (heard.length === 3) break;
    }

    expect(heard.map((item) => item.__typename)).toEqual(['StreamReady', 'MessageSent', 'MessageEdited']);
    expect((await bob.history(room.id)).nodes).toMatchObject([{ content: 'hello, Bob', version: 2 }]);
    await expect(bob.archiveRoom(room.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(bob.history('nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('go on by themselves when the server dies and comes back: nothing lost, nothing twice', async () => {
    const ada = await person('sdk-cara');
    const room = await ada.createRoom({ kind: 'PRIVATE', name: 'garden' });
    const listener = ada.listen(room.id);
    await listener.ready;
    const heard: number[] = [];
    const listening = (async () => {
      for await (const item of listener) {
        if (item.__typename === 'MessageSent') heard.push(item.seq);
        if (heard.length === 60) return;
      }
    })();

    const sent: number[] = [];
    for (let n = 0; n < 60; n += 1) {
      const sending = ada.send(room.id, `message ${n}`); // repeated with its key until it is acknowledged
      if (n === 20 || n === 40) {
        await house.processes[0]?.kill();
        await house.restart();
      }
      sent.push((await sending).seq);
    }
    await listening;

    expect(sent).toEqual(Array.from({ length: 60 }, (_, n) => n + 2));
    expect(heard).toEqual(sent);
  }, 60_000);

  it('are told why, when a stream is over for good', async () => {
    const [ada, bob] = await Promise.all([person('sdk-dora'), person('sdk-emil', house.urls.at(-1))]);
    const { user } = (await bob.viewer()) ?? {};
    const room = await ada.createRoom({ kind: 'PRIVATE', name: 'garden', memberIds: [user?.id ?? ''] });
    const [removed, signedOut] = [bob.listen(room.id), ada.listen(room.id)];
    await Promise.all([removed.ready, signedOut.ready]);

    await ada.removeMember(room.id, user?.id ?? '');
    const last: RoomStreamItem[] = [];
    for await (const item of removed) last.push(item);
    expect(last.map((item) => item.__typename)).toEqual(['StreamReady', 'MemberLeft', 'StreamEnded']);
    expect(await removed.ended).toMatchObject({ reason: 'ACCESS_REVOKED' });

    const over = (async () => {
      for await (const _ of signedOut);
    })();
    await Promise.all([ada.signOut(), expect(over).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })]);
    expect(await signedOut.ended).toMatchObject({ reason: 'SESSION_ENDED' });
  });
});

describe('what matters for a moment', () => {
  it('is told to programs too: typing, reading, mentions, and the list of rooms', async () => {
    const [ada, bob] = await Promise.all([person('sdk-gail'), person('sdk-hugo', house.urls.at(-1))]);
    const { user } = (await bob.viewer()) ?? {};
    const list: ViewerEvent[] = [];
    const following = bob.roomList((event) => list.push(event));
    await until(
      'the list to be followed',
      () => list.at(0)?.__typename,
      (kind) => kind === 'ViewerReady',
    );
    const room = await ada.createRoom({ kind: 'PRIVATE', name: 'garden', memberIds: [user?.id ?? ''] });
    const signals: RoomSignal[] = [];
    const watching = ada.signals(room.id, (signal) => signals.push(signal));
    const heard = () => signals.map(({ __typename }) => __typename);
    const typing = setInterval(() => bob.typing(room.id), 50); // until Ada listens, and then some
    const sent = await ada.send(room.id, 'come, @sdk-hugo');
    expect(sent.mentions).toMatchObject([{ username: 'sdk-hugo' }]);
    await until('Bob to be seen typing', heard, (kinds) => kinds.includes('TypingSignal'), 20_000);
    clearInterval(typing);
    expect(await bob.markRead(room.id, sent.seq)).toMatchObject({ lastReadSeq: sent.seq, unreadCount: 0 });
    await until('Bob to be seen reading', heard, (kinds) => kinds.includes('ReadSignal'));
    await until(
      'Bob to be told of it all',
      () => new Set(list.map(({ __typename }) => __typename)),
      (kinds) => ['ViewerReady', 'RoomAdded', 'Mentioned', 'RoomActivity'].every((kind) => kinds.has(kind as never)),
    );
    const around = await bob.historyAround(room.id, { messageId: sent.id }, { countBefore: 1, countAfter: 1 });
    expect(around.nodes).toMatchObject([{ id: sent.id }]);
    expect(await bob.setNotify(room.id, 'MENTIONS')).toMatchObject({ notify: 'MENTIONS' });
    following.stop();
    expect(await following.ended).toEqual({ reason: 'STOPPED' });
    await ada.archiveRoom(room.id);
    expect(await watching.ended).toEqual({ reason: 'ROOM_ARCHIVED' });
    await expect(bob.signals('nowhere', () => {}).ended).resolves.toMatchObject({ reason: 'REFUSED' });
  });
});

if (!onServices) {
  describe('parley/testing', () => {
    it('opens a server of one’s own inside a test', async () => {
      const { execFile } = await import('node:child_process');
      const { promisify } = await import('node:util');
      // In a process of its own, as a user's test runner would have it: this one has the sources loaded, not the package.
      const program = `
        import { startParley } from 'parley/testing';
        import { ChatClient } from 'parley/client';
        const parley = await startParley({ PARLEY_LOBBY: 'false' });
        const ada = new ChatClient({ url: parley.url + '/graphql' });
        await ada.signUp({ username: 'ada', password: 'a long password' });
        const room = await ada.createRoom({ kind: 'PUBLIC', name: 'garden' });
        console.log((await ada.send(room.id, 'hello')).content, (await ada.rooms()).nodes.length);
        await ada.close();
        await parley.close();`;
      const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
      expect([stdout.trim(), stderr]).toEqual(['hello 1', '']);
    }, 60_000); // it makes a database from nothing
  });
}
