// Rooms: who sees them, who may do what, and what everyone else is told.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import type { RoomSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

describe('a stranger', () => {
  it('finds a private room as absent as one that does not exist, whatever they ask', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const room = await ada.createRoom('secret');
    const message = await ada.send(room, 'psst');
    const refusals = async (roomId: string, messageId: string, cursor: string) => {
      const asked: [string, Record<string, unknown>][] = [
        [documents.ROOM_BY_ID, { id: roomId }],
        [documents.MESSAGE_BY_ID, { id: messageId }],
        [documents.HISTORY, { roomId }],
        [documents.HISTORY, { roomId, first: 1, after: cursor }],
        [documents.MEMBERS, { id: roomId }],
        [documents.JOIN, { roomId }],
        [documents.LEAVE, { roomId }],
        [documents.SEND, { input: { roomId, content: 'let me in' } }],
        [documents.EDIT, { input: { messageId, content: 'mine' } }],
        [documents.DELETE, { messageId }],
        [documents.ARCHIVE, { roomId }],
        [documents.UPDATE_ROOM, { input: { roomId, name: 'mine' } }],
        [documents.ADD, { input: { roomId, userIds: [mallory.id] } }],
        [documents.REMOVE, { input: { roomId, userId: ada.id } }],
        [documents.SET_ROLE, { input: { roomId, userId: mallory.id, role: 'OWNER' } }],
        [documents.ROOM_EVENTS, { roomId }],
        [documents.ROOM_EVENTS, { roomId, after: cursor }],
        [documents.MESSAGE_SENT, { roomId }],
      ];
      const answers = [];
      for (const [document, variables] of asked) {
        answers.push(
          await (document.startsWith('subscription')
            ? mallory.say(document, variables)
            : mallory.post(document, variables)),
        );
      }
      return answers;
    };

    const real = await refusals(room.id, message.id, message.cursor);
    const none = await refusals(documents.NOWHERE, documents.NOWHERE, message.cursor);

    expect(real).toEqual(none);
    expect(JSON.stringify(real)).not.toMatch(/secret|psst/);
    expect(real.flatMap(({ errors }) => errors?.map((error) => error.extensions.code) ?? [])).toEqual(
      Array(15).fill('NOT_FOUND'),
    );
    expect((await ada.history(room)).nodes).toHaveLength(1);
  });

  it('may see, read, hear and join a public room, and nothing more', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('square', { kind: 'PUBLIC' });
    const message = await ada.send(room, 'welcome');

    expect(await bob.ask(documents.ROOM_BY_ID, { id: room.id })).toMatchObject({
      room: { name: 'square', viewerMembership: null, lastMessage: { content: 'welcome' } },
    });
    expect((await bob.history(room)).nodes).toHaveLength(1);
    const heard = await bob.listen(room);
    await expect(bob.send(room, 'hi')).rejects.toHaveCode('FORBIDDEN');
    await expect(bob.delete(message)).rejects.toHaveCode('FORBIDDEN');
    await expect(bob.remove(room, ada)).rejects.toHaveCode('FORBIDDEN');

    await bob.join(room);
    await bob.join(room);
    await bob.send(room, 'hi');

    expect(await heard.next()).toMatchObject({
      __typename: 'MemberJoined',
      actor: { id: bob.id },
      membership: { role: 'MEMBER', user: { id: bob.id } },
    });
    expect(await heard.next()).toMatchObject({ __typename: 'MessageSent', message: { content: 'hi' } });
    await heard.isSilent();
  });
});

describe('members', () => {
  it('may do what their role lets them', async () => {
    const [ada, bob, cleo, dora] = await house.guests('ada', 'bob', 'cleo', 'dora');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    const add = (who: Guest) => who.ask(documents.ADD, { input: { roomId: room.id, userIds: [dora.id] } });

    await expect(bob.setRole(room, bob, 'OWNER')).rejects.toHaveCode('FORBIDDEN');
    await expect(add(bob)).rejects.toHaveCode('FORBIDDEN');
    await expect(bob.remove(room, cleo)).rejects.toHaveCode('FORBIDDEN');
    await ada.setRole(room, bob, 'MODERATOR');
    expect(await add(bob)).toMatchObject({ addMembers: [{ role: 'MEMBER', user: { id: dora.id } }] });
    await expect(bob.ask(documents.UPDATE_ROOM, { input: { roomId: room.id, name: 'mine' } })).rejects.toHaveCode(
      'FORBIDDEN',
    );
    await expect(bob.remove(room, ada)).rejects.toHaveCode('FORBIDDEN'); // an owner
    await bob.remove(room, cleo);
    await expect(cleo.history(room)).rejects.toHaveCode('NOT_FOUND');

    const { room: seen } = await ada.ask<{
      room: { members: { totalCount: number; nodes: { role: string; user: { id: string } }[] } };
    }>(documents.MEMBERS, { id: room.id });
    expect(seen.members.totalCount).toBe(3);
    expect(seen.members.nodes.map(({ role, user }) => [role, user.id])).toEqual([
      ['OWNER', ada.id],
      ['MODERATOR', bob.id],
      ['MEMBER', dora.id],
    ]);
  });

  it('never leave a room without an owner', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });

    await expect(ada.leaveRoom(room)).rejects.toHaveCode('CONFLICT');
    await expect(ada.setRole(room, ada, 'MEMBER')).rejects.toHaveCode('CONFLICT');
    await expect(ada.remove(room, ada)).rejects.toHaveCode('CONFLICT');
    await ada.setRole(room, bob, 'OWNER');
    // Both want to go at the same moment: one of them stays.
    const leaving = await Promise.allSettled([ada.leaveRoom(room), bob.leaveRoom(room)]);
    expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('come back to the whole log of the room', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const first = await ada.send(room, 'while you were here');
    await bob.leaveRoom(room);
    await ada.send(room, 'while you were away');
    await ada.ask(documents.ADD, { input: { roomId: room.id, userIds: [bob.id] } });

    // His own leaving is among what he missed: it is history, and ends nothing.
    const heard = await bob.listen(room, { after: first.cursor });
    expect(await heard.next()).toMatchObject({ __typename: 'MemberLeft', removed: false, user: { id: bob.id } });
    expect(await heard.next()).toMatchObject({
      __typename: 'MessageSent',
      message: { content: 'while you were away' },
    });
    expect(await heard.next()).toMatchObject({ __typename: 'MemberJoined' });
    await ada.send(room, 'welcome back');
    expect(await heard.next()).toMatchObject({ message: { content: 'welcome back' } });
    await heard.isSilent();
  });
});

describe('a direct room', () => {
  it('is the same room for the same people, even when both open it at once', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const opened = await Promise.all([
      ada.createRoom('', { kind: 'DIRECT', with: [bob] }),
      bob.createRoom('', { kind: 'DIRECT', with: [ada] }),
      ada.createRoom('', { kind: 'DIRECT', with: [ada, bob] }),
    ]);
    expect(new Set(opened.map((room) => room.id)).size).toBe(1);
    const [room] = opened;
    expect(room).toMatchObject({ kind: 'DIRECT', name: null });
    expect((await ada.createRoom('', { kind: 'DIRECT', with: [bob, cleo] })).id).not.toBe(room.id);

    await bob.send(room, 'hello');
    await expect(bob.leaveRoom(room)).rejects.toHaveCode('FORBIDDEN');
    await expect(ada.remove(room, bob)).rejects.toHaveCode('FORBIDDEN');
    await expect(ada.ask(documents.ADD, { input: { roomId: room.id, userIds: [cleo.id] } })).rejects.toHaveCode(
      'FORBIDDEN',
    );
    await expect(ada.ask(documents.UPDATE_ROOM, { input: { roomId: room.id, topic: 'us' } })).rejects.toHaveCode(
      'FORBIDDEN',
    );
    await expect(cleo.join(room)).rejects.toHaveCode('NOT_FOUND');
  });

  it('has 2 to 8 people, no name and no topic', async () => {
    const guests = await house.guests('a-1', 'a-2', 'a-3', 'a-4', 'a-5', 'a-6', 'a-7', 'a-8', 'a-9');
    const [ada] = guests;
    const create = (input: Record<string, unknown>) =>
      ada.ask(documents.CREATE_ROOM, { input: { kind: 'DIRECT', ...input } });
    const ids = guests.map((guest) => guest.id);
    await expect(create({ memberIds: [] })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'memberIds' });
    await expect(create({ memberIds: [ada.id] })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'memberIds' });
    await expect(create({ memberIds: ids })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'memberIds', limit: 7 });
    await expect(create({ memberIds: ids.slice(0, 2), name: 'us' })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'name',
    });
    await expect(create({ memberIds: [ids[1], documents.NOWHERE] })).rejects.toHaveCode('NOT_FOUND', {
      field: 'memberIds.1',
    });
    expect(await create({ memberIds: ids.slice(0, 8) })).toMatchObject({ createRoom: { headSeq: 8 } });
  });
});

describe('a room', () => {
  it('tells its name and topic when they change, and only then', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);
    const update = (input: Record<string, unknown>) =>
      ada.ask(documents.UPDATE_ROOM, { input: { roomId: room.id, ...input } });

    await update({ topic: 'tomatoes' });
    await update({ topic: 'tomatoes' });
    await update({ name: 'Orchard' });
    await update({ topic: null });
    await expect(update({ name: '' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'name' });
    await expect(update({ name: 'n'.repeat(81) })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'name', limit: 80 });
    await expect(update({ topic: 't'.repeat(251) })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'topic',
      limit: 250,
    });

    const events = await heard.nextOnes(3);
    expect(events.map(({ room: { name, topic, headSeq } = {} as RoomSeen }) => [name, topic, headSeq])).toEqual([
      ['garden', 'tomatoes', 3],
      ['Orchard', 'tomatoes', 4],
      ['Orchard', null, 5],
    ]);
    await heard.isSilent();
  });

  it('is listed among one’s own by last activity, and among the public ones by name', async () => {
    const [ada] = await house.guests('ada');
    const prefix = `shelf-${ada.username}`;
    const rooms = [];
    for (const name of ['c', 'a', 'b']) rooms.push(await ada.createRoom(`${prefix}-${name}`, { kind: 'PUBLIC' }));
    await ada.send(rooms[1] as RoomSeen, 'the newest');
    type Page = {
      nodes: RoomSeen[];
      edges: { cursor: string }[];
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
    };
    const mine = async (page: Record<string, unknown>) =>
      (await ada.ask<{ viewer: { rooms: Page } }>(documents.MY_ROOMS, page)).viewer.rooms;
    const open = async (page: Record<string, unknown>) =>
      (await ada.ask<{ rooms: Page }>(documents.PUBLIC_ROOMS, { search: prefix.toUpperCase(), ...page })).rooms;
    const names = ({ nodes }: Page) => nodes.map(({ name }) => name?.at(-1)).join('');

    expect(names(await mine({}))).toBe('abcy'); // the lobby last
    const first = await mine({ first: 2 });
    const second = await mine({ first: 2, after: first.pageInfo.endCursor });
    const back = await mine({ last: 2, before: second.pageInfo.startCursor });
    expect([names(first), names(second), names(back)]).toEqual(['ab', 'cy', 'ab']);
    expect(
      [first.pageInfo, second.pageInfo, back.pageInfo].map((info) => [info.hasPreviousPage, info.hasNextPage]),
    ).toEqual([
      [false, true],
      [true, false],
      [false, true],
    ]);

    expect(names(await open({}))).toBe('abc');
    const one = await open({ first: 1 });
    expect(names(await open({ first: 1, after: one.pageInfo.endCursor }))).toBe('b');
    expect(names(await open({ last: 1 }))).toBe('c');
    expect(names(await open({ search: '100%' }))).toBe('');
    await expect(mine({ first: 1, after: one.pageInfo.endCursor })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'after',
    });
    await expect(open({ first: 1, after: 'rubbish' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'after' });
  });

  it('can be read but not changed once it is archived', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { kind: 'PUBLIC', with: [bob] });
    const message = await ada.send(room, 'the end', 'key');
    await expect(bob.ask(documents.ARCHIVE, { roomId: room.id })).rejects.toHaveCode('FORBIDDEN');
    const archived = await ada.ask<{ archiveRoom: RoomSeen }>(documents.ARCHIVE, { roomId: room.id });
    expect(await ada.ask(documents.ARCHIVE, { roomId: room.id })).toEqual(archived);

    expect((await bob.history(room)).nodes).toMatchObject([{ content: 'the end' }]);
    await expect(ada.send(room, 'more')).rejects.toHaveCode('CONFLICT');
    expect(await ada.send(room, 'the end', 'key')).toEqual(message); // a repeat changes nothing
    await expect(ada.edit(message, 'not yet')).rejects.toHaveCode('CONFLICT');
    await expect(ada.delete(message)).rejects.toHaveCode('CONFLICT');
    await expect(bob.leaveRoom(room)).rejects.toHaveCode('CONFLICT');
    await expect(ada.remove(room, bob)).rejects.toHaveCode('CONFLICT');
    await expect(ada.setRole(room, bob, 'OWNER')).rejects.toHaveCode('CONFLICT');
    const listed = await ada.ask<{ rooms: { nodes: RoomSeen[] } }>(documents.PUBLIC_ROOMS, { search: 'garden' });
    expect(listed.rooms.nodes.map(({ id }) => id)).not.toContain(room.id);
  });
});

describe('the lobby', () => {
  it('is where everyone begins, belongs to nobody, and lets people go', async () => {
    const [ada] = await house.guests('ada');
    const { rooms } = await ada.ask<{ rooms: { nodes: RoomSeen[] } }>(documents.PUBLIC_ROOMS, { search: 'Lobby' });
    const [lobby] = rooms.nodes as [RoomSeen];
    const heard = await ada.listen(lobby);
    const [bob] = await house.guests('bob');

    expect(await heard.next()).toMatchObject({
      __typename: 'MemberJoined',
      membership: { user: { id: bob.id }, role: 'MEMBER' },
    });
    await expect(ada.ask(documents.ARCHIVE, { roomId: lobby.id })).rejects.toHaveCode('FORBIDDEN');
    await bob.leaveRoom(lobby);
    expect(await heard.next()).toMatchObject({ __typename: 'MemberLeft', user: { id: bob.id }, removed: false });
  });
});
