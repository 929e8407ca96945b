// Reacting, taking it back, and what everyone sees of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from '../support/house.js';
import { hearMarks, marked, react, takeBack, told } from '../support/marks.js';
import { ADD_REACTION } from '../support/message-documents.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const DOORS = ['post', 'say'] as const;

describe.each(DOORS)('a reaction, by %s', (door) => {
  it('is counted, is seen by everyone, and is one’s own', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const message = await ada.send(room, 'Tomatoes!');
    const heard = await hearMarks(cleo, room);

    expect(told((await react(bob, message, '🍅', door)).reactions)).toBe('🍅1*');
    expect(told((await react(ada, message, '❤️', door)).reactions)).toBe('🍅1 ❤️1*');
    expect(told((await react(ada, message, '🍅', door)).reactions)).toBe('🍅2* ❤️1*');

    expect(await heard.next()).toMatchObject({
      __typename: 'ReactionAdded',
      actor: { id: bob.id },
      emoji: '🍅',
      message: { id: message.id, version: 1, reactions: [{ emoji: '🍅', count: 1 }] },
    });
    expect(await heard.next()).toMatchObject({ emoji: '❤️', actor: { id: ada.id } });
    const third = await heard.next();
    expect(third).toMatchObject({ __typename: 'ReactionAdded', emoji: '🍅' });
    expect(told(third.message.reactions)).toBe('🍅2 ❤️1');
    const [seen] = await marked(cleo, room);
    expect(told(seen?.reactions ?? [])).toBe('🍅2 ❤️1');
    const [seenByBob] = await marked(bob, room);
    expect(told(seenByBob?.reactions ?? [])).toBe('🍅2* ❤️1');
    await heard.isSilent();
  });

  it('is done once, however often it is asked for, and undone once', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const message = await ada.send(room, 'Tomatoes!');
    const heard = await hearMarks(ada, room);

    const once = await react(bob, message, '👍', door);
    expect(await react(bob, message, '👍', door)).toEqual(once);
    await react(ada, message, '🎉', door);
    expect(told((await takeBack(bob, message, '👍', door)).reactions)).toBe('🎉1');
    expect(told((await takeBack(bob, message, '👍', door)).reactions)).toBe('🎉1');
    expect(told((await takeBack(bob, message, '🎉', door)).reactions)).toBe('🎉1'); // not hers to take

    const kinds = (await heard.nextOnes(3)).map(({ __typename, emoji }) => `${__typename} ${emoji}`);
    expect(kinds).toEqual(['ReactionAdded 👍', 'ReactionAdded 🎉', 'ReactionRemoved 👍']);
    await heard.isSilent();
  });

  it('is for members, of rooms that are open', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const secret = await ada.createRoom('garden', { with: [bob] });
    const open = await ada.createRoom('market', { kind: 'PUBLIC' });
    const [hidden, shown] = [await ada.send(secret, 'hidden'), await ada.send(open, 'shown')];

    for (const ask of [react, takeBack]) {
      await expect(ask(mallory, hidden, '👍', door)).rejects.toHaveCode('NOT_FOUND');
      await expect(ask(mallory, { id: 'nothing' }, '👍', door)).rejects.toHaveCode('NOT_FOUND');
      await expect(ask(mallory, shown, '👍', door)).rejects.toHaveCode('FORBIDDEN');
      await expect(ask(house.stranger(), shown, '👍', door)).rejects.toMatchObject(
        door === 'post' ? { extensions: { code: 'UNAUTHENTICATED' } } : { code: 4401 },
      );
    }
    await react(bob, hidden, '👍', door);
    await ada.ask('mutation ($roomId: ID!) { archiveRoom(roomId: $roomId) { id } }', { roomId: secret.id });
    await expect(react(bob, hidden, '🎉', door)).rejects.toHaveCode('CONFLICT');
    await expect(takeBack(bob, hidden, '👍', door)).rejects.toHaveCode('CONFLICT');
    expect(told((await marked(bob, secret))[0]?.reactions ?? [])).toBe('👍1*');
  });

  it('is one emoji and nothing else', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'Tomatoes!');

    for (const emoji of ['👩‍👩‍👧', '🇩🇪', '👍🏽', '#️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤']) await react(ada, message, emoji, door);
    for (const emoji of [
      '',
      'a',
      '1',
      '👍👍',
      '👍 ',
      ' ',
      '\u200d',
      '🇩',
      '<b>',
      'e\u0301',
      '👍\0',
      '\ud83d',
      '👍'.repeat(99),
    ])
      await expect(react(ada, message, emoji, door)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'emoji' });
    await react(ada, message, '❤️', door); // with its selector it is the same
    const [seen] = await marked(ada, room);
    expect(told(seen?.reactions ?? [])).toBe('👩‍👩‍👧1* 🇩🇪1* 👍🏽1* #️⃣1* 🏴󠁧󠁢󠁥󠁮󠁧󠁿1* ❤️1*');
  });
});

describe('reactions', () => {
  it('are of at most twenty emojis on one message', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const message = await ada.send(room, 'Tomatoes!');
    const fruits = [...'🍇🍈🍉🍊🍋🍌🍍🥭🍎🍏🍐🍑🍒🍓🥝🍅🥥🥑🍆🥔'];

    for (const fruit of fruits) await react(ada, message, fruit);
    await expect(react(bob, message, '🥕')).rejects.toHaveCode('CONFLICT', { field: 'emoji', limit: 20 });
    await react(bob, message, '🥔');
    await takeBack(ada, message, '🍇');
    expect(told((await react(bob, message, '🥕')).reactions)).toMatch(/^🍈1 .* 🥔2\* 🥕1\*$/);
  });

  it('lose nothing when everyone reacts at once', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `guest${n}`);
    const guests = await house.guests(...names);
    const [ada, ...others] = guests as [(typeof guests)[number], ...typeof guests];
    const room = await ada.createRoom('garden', { with: others });
    const message = await ada.send(room, 'Tomatoes!');
    const heard = await hearMarks(ada, room);

    // Each of them adds two, one of them twice at the same moment, and half of them take one back again.
    await Promise.all(
      guests.map(async (guest, n) => {
        await Promise.all([react(guest, message, '👍'), react(guest, message, '👍'), react(guest, message, '🎉')]);
        if (n % 2 === 0) await takeBack(guest, message, '🎉');
      }),
    );

    const events = await heard.nextOnes(12 + 12 + 6);
    await heard.isSilent();
    const [seen] = await marked(ada, room);
    expect([...(seen?.reactions ?? [])].sort((a, b) => b.count - a.count)).toMatchObject([
      { emoji: '👍', count: 12 },
      { emoji: '🎉', count: 6 },
    ]);
    expect(events.at(-1)?.message.reactions).toEqual(seen?.reactions.map(({ emoji, count }) => ({ emoji, count })));
  });

  it('are replayed with the message as it is now', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const message = await ada.send(room, 'Tomatos!');
    await react(bob, message, '👍');
    await ada.edit(message, 'Tomatoes!');
    await react(ada, message, '👍');

    const heard = await hearMarks(bob, room, message.cursor);
    const now = { content: 'Tomatoes!', version: 2, reactions: [{ emoji: '👍', count: 2 }] };
    expect(await heard.nextOnes(3)).toMatchObject([
      { __typename: 'ReactionAdded', emoji: '👍', actor: { id: bob.id }, message: now },
      { __typename: 'MessageEdited', message: now },
      { __typename: 'ReactionAdded', emoji: '👍', actor: { id: ada.id }, message: now },
    ]);
    await heard.isSilent();
  });

  it('go with the message', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const message = await ada.send(room, 'Tomatoes!');
    await react(bob, message, '👍');
    const heard = await hearMarks(bob, room);
    await ada.delete(message);

    expect(await heard.next()).toMatchObject({
      __typename: 'MessageDeleted',
      message: { content: null, reactions: [] },
    });
    await expect(react(bob, message, '👍')).rejects.toHaveCode('CONFLICT');
    expect(await takeBack(bob, message, '👍')).toMatchObject({ deletedAt: expect.any(String), reactions: [] });
    const replayed = await hearMarks(ada, room, message.cursor);
    expect(await replayed.next()).toMatchObject({
      __typename: 'ReactionAdded',
      message: { content: null, reactions: [] },
    });
    await heard.isSilent();
  });

  it('answer each of two mutations in one operation as things are by then', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'Tomatoes!');
    const selection = '{ reactions { emoji count viewerReacted } }';
    const query = `mutation ($a: ReactionInput!, $b: ReactionInput!) {
      a: addReaction(input: $a) ${selection} b: addReaction(input: $b) ${selection} c: removeReaction(input: $a) ${selection} }`;
    const [a, b] = ['🍅', '🥕'].map((emoji) => ({ messageId: message.id, emoji }));

    type Each = { reactions: { emoji: string; count: number; viewerReacted: boolean }[] };
    const answer = await ada.ask<Record<'a' | 'b' | 'c', Each>>(query, { a, b });
    expect([answer.a, answer.b, answer.c].map(({ reactions }) => told(reactions))).toEqual([
      '🍅1*',
      '🍅1* 🥕1*',
      '🥕1*',
    ]);
  });

  it('are rationed like words', async () => {
    const strict = await House.open({ PARLEY_SEND_RATE: '1', PARLEY_SEND_BURST: '5' });
    try {
      const [ada] = await strict.guests('ada');
      const room = await ada.createRoom('garden');
      const message = await ada.send(room, 'Tomatoes!');
      const input = { messageId: message.id, emoji: '👍' };
      const answers = await Promise.all(Array.from({ length: 20 }, () => ada.post(ADD_REACTION, { input })));
      const codes = new Set(answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code)));
      expect([...codes]).toEqual(['RATE_LIMITED']);
    } finally {
      await strict.close();
    }
  });
});
