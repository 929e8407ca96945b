// Who is addressed in a message: shown with it, counted for them, and told to them alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import type { Heard } from '../support/heard.js';
import { House } from '../support/house.js';
import type { RoomSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

const SEND = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id seq mentions { username } } }';
const EDIT = 'mutation ($input: EditMessageInput!) { editMessage(input: $input) { id mentions { username } } }';
const HISTORY = 'query ($id: ID!) { messages(roomId: $id) { nodes { content mentions { username } } } }';
const COUNT = 'query ($id: ID!) { room(id: $id) { viewerReadState { mentionCount unreadCount } } }';
const EVENTS = `subscription ($roomId: ID!) { roomEvents(roomId: $roomId) {
  __typename ... on MessageSent { message { mentions { username } } } ... on MessageEdited { message { mentions { username } } } } }`;
const MENTIONED = `subscription { viewerEvents { __typename
  ... on RoomRemoved { roomId } ... on Mentioned { at message { id content author { username } room { name } } } } }`;

interface Mentioning {
  id: string;
  seq: number;
  mentions: { username: string }[];
}
interface Told {
  __typename: string;
  message: { id: string; content: string | null; author: { username: string }; room: { name: string } };
}

const names = ({ mentions }: { mentions: { username: string }[] }) => mentions.map(({ username }) => username);

async function say(guest: Guest, room: RoomSeen, content: string, door: 'post' | 'say' = 'post', key?: string) {
  const input = { roomId: room.id, content, clientMessageId: key };
  return (await guest.ask<{ sendMessage: Mentioning }>(SEND, { input }, door)).sendMessage;
}
async function edit(guest: Guest, { id }: { id: string }, content: string) {
  return (await guest.ask<{ editMessage: Mentioning }>(EDIT, { input: { messageId: id, content } })).editMessage;
}
async function count(guest: Guest, room: RoomSeen): Promise<number | undefined> {
  const answer = await guest.ask<{ room: { viewerReadState: { mentionCount: number } | null } }>(COUNT, {
    id: room.id,
  });
  return answer.room.viewerReadState?.mentionCount;
}
async function history(guest: Guest, room: RoomSeen) {
  const answer = await guest.ask<{ messages: { nodes: Mentioning[] } }>(HISTORY, { id: room.id });
  return answer.messages.nodes.map(names);
}
async function follow(guest: Guest): Promise<Heard<Told>> {
  const heard = guest.subscribe<Told>(MENTIONED, {}, 'viewerEvents');
  heard.ready = await heard.next();
  return heard;
}
async function nextMention(heard: Heard<Told>): Promise<Told> {
  for (;;) {
    const event = await heard.next();
    if (event.__typename === 'Mentioned') return event;
  }
}

describe('a member who is mentioned', () => {
  it.each(['post', 'say'] as const)('is shown with the message, wherever it is read (%s)', async (door) => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const heard = await bob.listen(room, { query: EVENTS });
    const both = [bob.username, cleo.username].sort();
    const sent = await say(
      ada,
      room,
      `@${cleo.username.toUpperCase()} and @${bob.username}, come! @${bob.username}`,
      door,
    );
    expect(names(sent)).toEqual(both);
    expect(await heard.next()).toMatchObject({ message: { mentions: both.map((username) => ({ username })) } });
    await say(ada, room, 'nobody@example.org');
    await say(ada, room, `night, @${bob.username}.`);
    expect(await history(cleo, room)).toEqual([both, [], [bob.username]]);
  });

  it('has it counted until they have read it', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const first = await say(ada, room, `@${bob.username}?`);
    await say(ada, room, 'no answer');
    const second = await say(ada, room, `@${bob.username}!`);
    expect(await count(bob, room)).toBe(2);
    expect(await count(ada, room)).toBe(0);
    await bob.ask('mutation ($input: MarkReadInput!) { markRead(input: $input) { id } }', {
      input: { roomId: room.id, seq: first.seq },
    });
    expect(await count(bob, room)).toBe(1);
    await ada.delete(second);
    expect(await count(bob, room)).toBe(0);
    expect((await history(bob, room)).at(-1)).toEqual([]);
    await say(ada, room, `@${bob.username}, @${ada.username}`);
    expect([await count(bob, room), await count(ada, room)]).toEqual([1, 0]);
    await bob.send(room, 'here');
    expect(await count(bob, room)).toBe(0);
  });

  it('is told of it at once, once, and alone', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const [bobHears, cleoHears, adaHears] = await Promise.all([follow(bob), follow(cleo), follow(ada)]);
    const sent = await say(ada, room, `@${bob.username} @${ada.username} psst`, 'post', 'key');
    expect(names(await say(ada, room, `@${bob.username} @${ada.username} psst`, 'post', 'key'))).toEqual(names(sent));
    await say(ada, room, `@${cleo.username} hello`);
    expect(await nextMention(bobHears)).toMatchObject({
      message: { id: sent.id, author: { username: ada.username }, room: { name: 'garden' } },
    });
    expect(await nextMention(cleoHears)).toMatchObject({ message: { content: `@${cleo.username} hello` } });
    await say(bob, room, `@${ada.username}, @${bob.username} yes?`);
    expect(await nextMention(adaHears)).toMatchObject({ message: { author: { username: bob.username } } });
    const last = await say(ada, room, `@${bob.username}: nothing`);
    expect(await nextMention(bobHears)).toMatchObject({ message: { id: last.id } });
  });
});

describe('an edit', () => {
  it('mentions those whom its words address now, and tells those who are new', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const [bobHears, cleoHears] = await Promise.all([follow(bob), follow(cleo)]);
    const message = await say(ada, room, `@${bob.username} hello`);
    await nextMention(bobHears);
    expect(names(await edit(ada, message, `@${bob.username} and @${cleo.username}`))).toHaveLength(2);
    expect(await nextMention(cleoHears)).toMatchObject({ message: { id: message.id } });
    expect([await count(bob, room), await count(cleo, room)]).toEqual([1, 1]);
    expect(names(await edit(ada, message, `@${cleo.username} alone`))).toEqual([cleo.username]);
    expect([await count(bob, room), await count(cleo, room)]).toEqual([0, 1]);
    expect(names(await edit(ada, message, 'nobody'))).toEqual([]);
    expect([await count(bob, room), await count(cleo, room)]).toEqual([0, 0]);
    const next = await say(ada, room, `@${bob.username} again`); // the next that Bob is told of: the edits were no news
    expect(await nextMention(bobHears)).toMatchObject({ message: { id: next.id } });
  });
});

describe('who is no member', () => {
  it('is not mentioned, is told nothing, and is not known to be anybody', async () => {
    const [ada, bob, mallory] = await house.guests('ada', 'bob', 'mallory');
    const secret = await ada.createRoom('secret', { with: [bob] });
    const square = await ada.createRoom('square', { kind: 'PUBLIC' });
    const heard = await follow(mallory);
    for (const room of [secret, square]) {
      expect(names(await say(ada, room, `@${mallory.username} @nobody-at-all`))).toEqual([]);
      const plain = await say(ada, room, 'plain');
      expect(names(await edit(ada, plain, `now with @${mallory.username}`))).toEqual([]);
    }
    await mallory.join(square);
    expect(await count(mallory, square)).toBe(0);
    const told = await say(ada, square, `welcome @${mallory.username}`);
    expect(await nextMention(heard)).toMatchObject({ message: { id: told.id } });
    expect(await count(mallory, square)).toBe(1);
  });

  it('is told nothing of what is said after their removal, however close', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    for (let round = 0; round < 5; round += 1) {
      const room = await ada.createRoom(`round ${round}`, { with: [bob] });
      const heard = await follow(bob);
      const saying = Promise.all(Array.from({ length: 8 }, (_, n) => say(ada, room, `@${bob.username} ${n}`)));
      await ada.remove(room, bob);
      const after = await say(ada, room, `@${bob.username} is gone`);
      expect(names(after)).toEqual([]);
      await saying;
      const events: Told[] = [];
      do events.push(await heard.next());
      while (events.at(-1)?.__typename !== 'RoomRemoved');
      expect(JSON.stringify(events)).not.toContain('is gone');
      await heard.isSilent();
      heard.stop();
      const removal = (await ada.history(room)).nodes.length;
      expect(removal).toBe(9);
    }
  });
});

describe('many sends at once', () => {
  it('each mention whom they address', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const sent = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        say(n % 2 ? ada : bob, room, n % 3 === 0 ? 'nobody' : `@${n % 3 === 1 ? cleo.username : ada.username} ${n}`),
      ),
    );
    const expected = [[], [cleo.username], [ada.username]];
    expect(sent.map(names)).toEqual(sent.map((_, n) => expected[n % 3]));
    expect(await count(cleo, room)).toBe(20);
  });
});
