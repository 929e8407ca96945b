// Pinning what should stay in sight.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from '../support/house.js';
import { hearMarks, marked, pin, pinnedIn, react, unpin } from '../support/marks.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const contents = (messages: { content: string | null }[]) => messages.map(({ content }) => content);

describe.each(['post', 'say'] as const)('a pin, by %s', (door) => {
  it('is for moderators and owners to set and to take away, once', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    await ada.setRole(room, bob, 'MODERATOR');
    const [first, second] = [await cleo.send(room, 'first'), await cleo.send(room, 'second')];
    await react(cleo, first, '📌');
    const heard = await hearMarks(cleo, room);

    const pinned = await pin(ada, first, door);
    expect(await pin(bob, first, door)).toMatchObject({ pinnedAt: pinned.pinnedAt }); // twice is once
    await pin(bob, second, door);
    expect(contents(await pinnedIn(cleo, room))).toEqual(['second', 'first']);
    expect((await marked(cleo, room)).map(({ pinnedAt }) => pinnedAt !== null)).toEqual([true, true]);
    expect(await unpin(bob, first, door)).toMatchObject({ pinnedAt: null });
    await unpin(ada, first, door);
    expect(contents(await pinnedIn(cleo, room))).toEqual(['second']);

    expect(await heard.next()).toMatchObject({
      __typename: 'MessagePinned',
      actor: { id: ada.id },
      at: pinned.pinnedAt,
      message: { id: first.id, version: 1, pinnedAt: pinned.pinnedAt, reactions: [{ emoji: '📌', count: 1 }] },
    });
    expect(await heard.next()).toMatchObject({ __typename: 'MessagePinned', message: { id: second.id } });
    expect(await heard.next()).toMatchObject({
      __typename: 'MessageUnpinned',
      actor: { id: bob.id },
      message: { id: first.id, pinnedAt: null },
    });
    await heard.isSilent();
  });

  it('is for nobody else', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const secret = await ada.createRoom('garden', { with: [bob] });
    const open = await ada.createRoom('market', { kind: 'PUBLIC' });
    const direct = await ada.createRoom('', { kind: 'DIRECT', with: [bob] });
    const hidden = await ada.send(secret, 'hidden');
    const shown = await ada.send(open, 'shown');
    const said = await ada.send(direct, 'said');

    for (const ask of [pin, unpin]) {
      await expect(ask(mallory, hidden, door)).rejects.toHaveCode('NOT_FOUND');
      await expect(ask(mallory, { id: 'nothing' }, door)).rejects.toHaveCode('NOT_FOUND');
      await expect(ask(mallory, shown, door)).rejects.toHaveCode('FORBIDDEN');
      await expect(ask(bob, hidden, door)).rejects.toHaveCode('FORBIDDEN');
      await expect(ask(ada, said, door)).rejects.toHaveCode('FORBIDDEN'); // nobody has a role there
    }
    await pin(ada, hidden, door);
    await ada.ask('mutation ($roomId: ID!) { archiveRoom(roomId: $roomId) { id } }', { roomId: secret.id });
    await expect(pin(ada, hidden, door)).rejects.toHaveCode('CONFLICT');
    await expect(unpin(ada, hidden, door)).rejects.toHaveCode('CONFLICT');
    expect(contents(await pinnedIn(bob, secret))).toEqual(['hidden']);
  });
});

describe('pins', () => {
  it('go with the message, without a word of their own', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'Tomatoes!');
    await pin(ada, message);
    const heard = await hearMarks(ada, room);
    await ada.delete(message);

    expect(await heard.next()).toMatchObject({ __typename: 'MessageDeleted', message: { pinnedAt: null } });
    expect(await pinnedIn(ada, room)).toEqual([]);
    await expect(pin(ada, message)).rejects.toHaveCode('CONFLICT');
    expect(await unpin(ada, message)).toMatchObject({ pinnedAt: null });
    await heard.isSilent();
    const replayed = await hearMarks(ada, room, message.cursor);
    expect(await replayed.next()).toMatchObject({
      __typename: 'MessagePinned',
      message: { content: null, pinnedAt: null },
    });
  });

  it('survive an edit', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'Tomatos!', 'key');
    const { pinnedAt } = await pin(ada, message);
    await ada.edit(message, 'Tomatoes!');
    expect(await pinnedIn(ada, room)).toMatchObject([{ content: 'Tomatoes!', version: 2, pinnedAt }]);
  });

  it('are fifty at most, also when many are set at once', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const messages = [];
    for (let n = 1; n <= 54; n += 1) messages.push(await ada.send(room, `message ${n}`));

    const results = await Promise.allSettled(messages.map((message) => pin(ada, message)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.extensions)).toEqual(
      Array.from({ length: 4 }, () => ({ code: 'CONFLICT', limit: 50 })),
    );
    const pinned = await pinnedIn(ada, room);
    expect(pinned).toHaveLength(50);
    await unpin(ada, pinned[0] as { id: string });
    await pin(ada, messages[results.findIndex(({ status }) => status === 'rejected')] as { id: string });
  });
});
