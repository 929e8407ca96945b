// Bans: who may not come into a room, who decides that, and what those who are banned see of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import type { MessageSeen, RoomSeen, UserSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

interface BanSeen {
  id: string;
  reason: string | null;
  until: string | null;
  user: UserSeen;
  by: UserSeen;
}
interface Bans {
  nodes: BanSeen[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
const ban = async (who: Guest, room: RoomSeen, whom: Guest, more: { until?: string; reason?: string } = {}) =>
  (await who.ask<{ banMember: BanSeen }>(documents.BAN, { input: { roomId: room.id, userId: whom.id, ...more } }))
    .banMember;
const unban = (who: Guest, room: RoomSeen, whom: Guest) =>
  who.ask(documents.UNBAN, { roomId: room.id, userId: whom.id });
const bansOf = async (who: Guest, room: RoomSeen, page: Record<string, unknown> = {}) =>
  (await who.ask<{ room: { bans: Bans } }>(documents.BANS, { id: room.id, ...page })).room.bans;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('a member who is banned', () => {
  it.each(['PUBLIC', 'PRIVATE'])('hears it as the last thing of a %s room, and nothing after it', async (kind) => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { kind, with: [bob, cleo] });
    const [bobs, cleos] = [await bob.listen(room), await cleo.listen(room)];
    const messages = bob.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    await house.hears(3);

    expect(await ban(ada, room, bob, { reason: 'slugs' })).toMatchObject({
      reason: 'slugs',
      until: null,
      user: { id: bob.id },
      by: { id: ada.id },
    });
    await ada.send(room, 'he is gone');

    const [told] = await bobs.nextOnes(1);
    expect(told).toMatchObject({
      __typename: 'MemberBanned',
      actor: { id: ada.id },
      user: { id: bob.id },
      endedMembershipId: expect.any(String),
    });
    expect(JSON.stringify(told)).not.toContain('slugs');
    expect(await bobs.next()).toMatchObject({ __typename: 'StreamEnded', reason: 'ACCESS_REVOKED' });
    expect(await bobs.ended()).toBe('complete');
    await expect(messages.next()).rejects.toHaveCode('FORBIDDEN');
    expect(await cleos.nextOnes(2)).toMatchObject([
      { __typename: 'MemberBanned', seq: told?.seq },
      { __typename: 'MessageSent', message: { content: 'he is gone' } },
    ]);
    const members = await ada.ask<{ room: { members: { totalCount: number } } }>(documents.MEMBERS, { id: room.id });
    expect(members.room.members.totalCount).toBe(2);
  });

  it('finds even a public room as absent as one that does not exist', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom(`square-${ada.username}`, { kind: 'PUBLIC', with: [bob] });
    const message = await bob.send(room, 'mine');
    await ban(ada, room, bob);
    const refusals = async (roomId: string, messageId: string) => {
      const asked: [string, Record<string, unknown>][] = [
        [documents.ROOM_BY_ID, { id: roomId }],
        [documents.MESSAGE_BY_ID, { id: messageId }],
        [documents.HISTORY, { roomId }],
        [documents.MEMBERS, { id: roomId }],
        [documents.BANS, { id: roomId }],
        [documents.JOIN, { roomId }],
        [documents.LEAVE, { roomId }],
        [documents.SEND, { input: { roomId, content: 'let me in' } }],
        [documents.EDIT, { input: { messageId, content: 'mine' } }],
        [documents.DELETE, { messageId }],
        [documents.ADD, { input: { roomId, userIds: [bob.id] } }],
        [documents.BAN, { input: { roomId, userId: ada.id } }],
        [documents.UNBAN, { roomId, userId: bob.id }],
        [documents.ROOM_EVENTS, { roomId }],
        [documents.MESSAGE_SENT, { roomId }],
      ];
      const answers = [];
      for (const [document, variables] of asked)
        answers.push(await bob[document.startsWith('subscription') ? 'say' : 'post'](document, variables));
      return answers;
    };
    expect(await refusals(room.id, message.id)).toEqual(await refusals(documents.NOWHERE, documents.NOWHERE));
    const listed = (who: Guest) =>
      who.ask<{ rooms: { nodes: RoomSeen[] } }>(documents.PUBLIC_ROOMS, { search: ada.username });
    expect((await listed(bob)).rooms.nodes).toEqual([]);
    expect((await listed(cleo)).rooms.nodes).toHaveLength(1);
    await expect(ada.ask(documents.ADD, { input: { roomId: room.id, userIds: [cleo.id, bob.id] } })).rejects.toHaveCode(
      'CONFLICT',
      { field: 'userIds.1' },
    );
  });

  it('may come again once the ban is lifted, and reads the whole log', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('square', { kind: 'PUBLIC', with: [bob] });
    const heard = await ada.listen(room);
    const before = await ada.send(room, 'before');
    await ban(ada, room, bob, { until: inMs(3_600_000) });
    await unban(ada, room, bob);
    await unban(ada, room, bob); // lifted already

    expect(await heard.nextOnes(3)).toMatchObject([
      { __typename: 'MessageSent' },
      { __typename: 'MemberBanned', until: expect.any(String) },
      { __typename: 'MemberUnbanned', user: { id: bob.id }, actor: { id: ada.id } },
    ]);
    await heard.isSilent();
    await bob.join(room);
    const replayed = await bob.listen(room, { after: before.cursor });
    expect(replayed.ready).toMatchObject({ replayed: 3 });
    expect((await replayed.nextOnes(3)).map((event) => event.__typename)).toEqual([
      'MemberBanned',
      'MemberUnbanned',
      'MemberJoined',
    ]);
    await replayed.isSilent(); // his own ban is history, and ends nothing
  });

  it('may come again when the ban is over, with nobody to end it', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('square', { kind: 'PUBLIC' });
    await ban(ada, room, bob, { until: inMs(1_500) });
    await expect(bob.join(room)).rejects.toHaveCode('NOT_FOUND');
    for (;;) {
      const joined = await bob.post(documents.JOIN, { roomId: room.id });
      if (!joined.errors) break;
      expect(joined.errors[0]?.extensions.code).toBe('NOT_FOUND');
    }
    expect((await bansOf(ada, room)).nodes).toEqual([]);
    expect(await ban(ada, room, bob)).toMatchObject({ until: null });
    await expect(bob.history(room)).rejects.toHaveCode('NOT_FOUND');
  });
});

describe('a ban', () => {
  it('is for moderators and owners to make, to see and to lift, and of owners for owners', async () => {
    const [ada, bob, cleo, mallory] = await house.guests('ada', 'bob', 'cleo', 'mallory');
    const room = await ada.createRoom('square', { kind: 'PUBLIC', with: [bob, cleo] });
    await ada.setRole(room, bob, 'MODERATOR');
    for (const nobody of [cleo, mallory]) {
      for (const door of ['post', 'say'] as const) {
        await expect(
          nobody.ask(documents.BAN, { input: { roomId: room.id, userId: bob.id } }, door),
        ).rejects.toHaveCode('FORBIDDEN');
        await expect(nobody.ask(documents.UNBAN, { roomId: room.id, userId: bob.id }, door)).rejects.toHaveCode(
          'FORBIDDEN',
        );
        await expect(nobody.ask(documents.BANS, { id: room.id }, door)).rejects.toHaveCode('FORBIDDEN');
      }
    }
    await expect(ban(bob, room, ada)).rejects.toHaveCode('FORBIDDEN'); // an owner
    await expect(ban(bob, room, bob)).rejects.toHaveCode('BAD_USER_INPUT', { field: 'userId' });
    await ban(bob, room, mallory); // who never was a member
    await ban(bob, room, cleo);
    expect((await bansOf(ada, room)).nodes.map(({ user }) => user.id)).toEqual([cleo.id, mallory.id]);
    const first = await bansOf(bob, room, { first: 1 });
    expect(first).toMatchObject({ nodes: [{ user: { id: cleo.id } }], pageInfo: { hasNextPage: true } });
    const second = await bansOf(bob, room, { first: 1, after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ nodes: [{ user: { id: mallory.id } }], pageInfo: { hasNextPage: false } });
    await expect(bansOf(bob, room, { after: 'rubbish' })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'after' });
    await unban(ada, room, mallory);
    await mallory.join(room);

    await ada.setRole(room, bob, 'OWNER');
    await ban(ada, room, bob);
    await expect(ban(ada, room, mallory, { until: '2001-01-01T00:00:00Z' })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'until',
    });
    await expect(ban(ada, room, mallory, { reason: 'r'.repeat(251) })).rejects.toHaveCode('BAD_USER_INPUT', {
      field: 'reason',
      limit: 250,
    });
    await expect(ada.ask(documents.BAN, { input: { roomId: room.id, userId: documents.NOWHERE } })).rejects.toHaveCode(
      'NOT_FOUND',
      { field: 'userId' },
    );
    await ada.ask(documents.ARCHIVE, { roomId: room.id });
    await expect(ban(ada, room, mallory)).rejects.toHaveCode('CONFLICT');
    await expect(unban(ada, room, cleo)).rejects.toHaveCode('CONFLICT');
  });

  it('is told when it changes, and only then', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await ada.listen(room);
    const until = inMs(3_600_000);
    const made = await ban(ada, room, bob, { until });
    expect(await ban(ada, room, bob, { until })).toEqual(made);
    const longer = await ban(ada, room, bob, { reason: 'again' });
    expect(longer).toMatchObject({ until: null, reason: 'again' });
    expect(await heard.nextOnes(2)).toMatchObject([
      { __typename: 'MemberBanned', until, endedMembershipId: expect.any(String) },
      { __typename: 'MemberBanned', until: null, endedMembershipId: null },
    ]);
    await heard.isSilent();
    expect((await bansOf(ada, room)).nodes).toEqual([longer]);
  });

  it('has no place in a direct room, nor in the lobby, which has no moderators', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const direct = await ada.createRoom('', { kind: 'DIRECT', with: [bob] });
    await expect(ban(ada, direct, bob)).rejects.toHaveCode('FORBIDDEN');
    const { rooms } = await ada.ask<{ rooms: { nodes: [RoomSeen] } }>(documents.PUBLIC_ROOMS, { search: 'Lobby' });
    await expect(ban(ada, rooms.nodes[0], bob)).rejects.toHaveCode('FORBIDDEN');
  });

  it('lets nothing through that comes after it, however many send at once', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const sending = Array.from({ length: 30 }, (_, n) => bob.send(room, `${n}`).then(({ seq }) => seq));
    await ban(ada, room, bob);
    const sent = (await Promise.allSettled(sending)).flatMap((send) => (send.status === 'fulfilled' ? send.value : []));
    const history = await ada.history(room, { last: 100 });
    expect(history.nodes.map(({ seq }) => seq)).toEqual(sent.sort((a, b) => a - b));
    const heard = await ada.listen(room, { after: history.nodes[0]?.cursor });
    const events = await heard.nextOnes(heard.ready.replayed ?? 0);
    expect(events.at(-1)?.__typename ?? 'MemberBanned').toBe('MemberBanned');
  });
});
