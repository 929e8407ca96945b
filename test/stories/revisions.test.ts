// Earlier texts: who sees them, and that they go with the message; and that no edit is lost under another.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { REVISIONS } from '../support/message-documents.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

interface WithRevisions {
  message: { content: string; version: number; revisions: { version: number; content: string; editedAt: string }[] };
}
const revisions = async (guest: Guest, message: { id: string }, door: 'post' | 'say' = 'post') =>
  (await guest.ask<WithRevisions>(REVISIONS, { id: message.id }, door)).message?.revisions;
const texts = async (...asked: Parameters<typeof revisions>) =>
  (await revisions(...asked)).map(({ content }) => content);

describe.each(['post', 'say'] as const)('the earlier texts of a message, by %s', (door) => {
  it('are for its author, moderators and owners', async () => {
    const [ada, bob, cleo, dora] = await house.guests('ada', 'bob', 'cleo', 'dora');
    const room = await ada.createRoom('garden', { kind: 'PUBLIC', with: [bob, cleo] });
    await ada.setRole(room, cleo, 'MODERATOR');
    const message = await bob.send(room, 'tomatos');
    expect(await revisions(bob, message, door)).toEqual([]);
    const edited = await bob.edit(message, 'tomatoe');
    await bob.edit(message, 'tomatoe'); // changes nothing
    await bob.edit(message, 'tomatoes');

    for (const guest of [bob, cleo, ada]) {
      expect(await revisions(guest, message, door)).toEqual([
        { version: 1, content: 'tomatos', editedAt: message.createdAt },
        { version: 2, content: 'tomatoe', editedAt: edited.editedAt },
      ]);
    }
    expect(await revisions(dora, message, door)).toEqual([]); // reads the public room, and no more
    await dora.join(room);
    expect(await revisions(dora, message, door)).toEqual([]);
    await ada.setRole(room, cleo, 'MEMBER');
    expect(await revisions(cleo, message, door)).toEqual([]);
  });

  it('are not to be had in a room that is not one’s own', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const room = await ada.createRoom('garden', { with: [bob] });
    const message = await bob.send(room, 'tomatos');
    await bob.edit(message, 'tomatoes');

    expect(await mallory.ask(REVISIONS, { id: message.id }, door)).toEqual({ message: null });
    await ada.remove(room, bob);
    expect(await bob.ask(REVISIONS, { id: message.id }, door)).toEqual({ message: null });
  });

  it('are gone for everyone once it is deleted', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const message = await bob.send(room, 'a secret');
    await bob.edit(message, 'no secret');
    await bob.delete(message);

    for (const guest of [ada, bob]) expect(await revisions(guest, message, door)).toEqual([]);
  });
});

describe('an edit', () => {
  it('is never lost under another one of the same moment: with `expectedVersion` one of them wins', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const heard = await ada.listen(room);
    const message = await ada.send(room, 'version 1');
    const elsewhere = await house.elsewhere(ada);

    for (let version = 1; version <= 5; version += 1) {
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, (_, n) => (n % 2 ? ada : elsewhere).edit(message, `by ${n} of ${version}`, version)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected')
          expect(result.reason.extensions).toEqual({ code: 'CONFLICT', currentVersion: version + 1 });
      }
    }
    const events = (await heard.nextOnes(6)).map(({ message: told }) => told?.version);
    expect(events).toEqual([1, 2, 3, 4, 5, 6].map((version) => (events.includes(version) ? version : null)));
    await heard.isSilent();
    expect(await texts(ada, message)).toHaveLength(5);
  });

  it('without it, all of them are made, one after the other, and each text is kept', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'first');
    const edited = await Promise.all(Array.from({ length: 8 }, (_, n) => ada.edit(message, `edit ${n}`)));

    expect(edited.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    const last = edited.find(({ version }) => version === 9);
    const kept = await texts(ada, message);
    expect(new Set([...kept, last?.content])).toEqual(new Set(['first', ...edited.map(({ content }) => content)]));
  });

  it('keeps the newest fifty of the texts before it', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'text 1');
    for (let n = 2; n <= 53; n += 1) await ada.edit(message, `text ${n}`);

    const kept = await revisions(ada, message);
    expect([kept.length, kept[0]?.content, kept.at(-1)?.content]).toEqual([50, 'text 3', 'text 52']);
  });

  it('costs what its lists can load', async () => {
    const [ada] = await house.guests('ada');
    const document = '{ rooms(first: 100) { nodes { messages(first: 100) { nodes { reactions { emoji } } } } } }';
    await expect(ada.ask(document)).rejects.toHaveCode('OPERATION_TOO_COMPLEX');
    const pinned = '{ viewer { rooms(first: 100) { nodes { pinned { revisions { content } } } } } }';
    await expect(ada.ask(pinned)).rejects.toHaveCode('OPERATION_TOO_COMPLEX');
  });
});
