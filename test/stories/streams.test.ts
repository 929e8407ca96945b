// How a room's stream begins, resumes and ends.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { House } from '../support/house.js';
import type { MessageSeen } from '../support/seen.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

describe('a stream', () => {
  it('begins with StreamReady: live without a cursor, resumed with one', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const first = await ada.send(room, 'first');
    await ada.send(room, 'second');

    const live = await ada.listen(room);
    expect(live.ready).toEqual({
      __typename: 'StreamReady',
      start: 'LIVE',
      replayed: 0,
      cursor: (await ada.history(room)).streamCursor,
    });
    const resumed = await ada.listen(room, { after: first.cursor });
    expect(resumed.ready).toEqual({ __typename: 'StreamReady', start: 'RESUMED', replayed: 1, cursor: first.cursor });
    expect(await resumed.next()).toMatchObject({ message: { content: 'second' } });

    await ada.send(room, 'third'); // both on one socket, independent
    expect(await live.next()).toMatchObject({ message: { content: 'third' } });
    expect(await resumed.next()).toMatchObject({ message: { content: 'third' } });
    await live.isSilent();
    await resumed.isSilent();
  });

  it('refuses cursors that are rubbish, of another room, or ahead of it', async () => {
    const [ada] = await house.guests('ada');
    const room = await ada.createRoom('garden');
    const other = await ada.createRoom('workshop');
    const elsewhere = await ada.send(other, 'elsewhere');
    const ahead = await ada.send(room, 'ahead');
    const bytes = Buffer.from(ahead.cursor, 'base64url');
    bytes.writeUInt32BE(1_000_000, 17);
    const future = bytes.toString('base64url');

    for (const after of ['rubbish', '', `${ahead.cursor}=`, elsewhere.cursor, future]) {
      await expect(ada.listen(room, { after })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'after' });
      await expect(ada.history(room, { first: 1, after })).rejects.toHaveCode('BAD_USER_INPUT', { field: 'after' });
      await expect(ada.history(room, { last: 1, before: after })).rejects.toHaveCode('BAD_USER_INPUT', {
        field: 'before',
      });
    }
  });

  it('replays thousands of events, each once, from any cursor', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const begin = (await bob.history(room)).streamCursor;
    let left = 600;
    const sending = Array.from({ length: 20 }, async () => {
      while (left > 0) await ada.send(room, `message ${left--}`);
    });
    const early = await bob.listen(room, { after: begin }); // while they are sent
    await Promise.all(sending);
    const late = await bob.listen(room, { after: begin });

    const expected = Array.from({ length: 600 }, (_, n) => n + 3);
    expect((await early.nextOnes(600)).map((event) => event.seq)).toEqual(expected);
    expect((await late.nextOnes(600)).map((event) => event.seq)).toEqual(expected);
    await early.isSilent();
    await late.isSilent();
  });

  it('tells nobody from the log what was taken back while others read it', async () => {
    const [ada, bob, cleo] = await house.guests('ada', 'bob', 'cleo');
    const room = await ada.createRoom('garden', { with: [bob, cleo] });
    for (const guest of [bob, cleo]) guest.url = house.url; // at the same process
    const begin = (await bob.history(room)).streamCursor;
    const regretted = await ada.send(room, 'to be taken back');
    const more = 300; // it is in nobody's memory any more
    await Promise.all(Array.from({ length: more }, (_, n) => ada.send(room, `message ${n}`)));
    const early = await bob.listen(room, { after: begin });
    const [told] = await early.nextOnes(1 + more);
    expect(told?.message).toMatchObject({ id: regretted.id, content: 'to be taken back' });
    await ada.delete(regretted);
    await early.nextOnes(1);
    const late = await cleo.listen(room, { after: begin });
    const [toldNow] = await late.nextOnes(1);
    expect(toldNow?.message).toMatchObject({ id: regretted.id, content: null });
  });

  it('shows messages as they are now, from memory and from the log alike', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const begin = (await bob.history(room)).streamCursor;
    const listening = await ada.listen(room); // keeps the newest events in memory
    const kept = await ada.send(room, 'old');
    const gone = await ada.send(room, 'to be deleted');
    await ada.edit(kept, 'new');
    await ada.delete(gone);
    await listening.nextOnes(4);
    const replay = async () => {
      const heard = await bob.listen(room, { after: begin });
      const events = await heard.nextOnes(4);
      heard.stop();
      return events.map((event) => [event.__typename, event.message?.content, event.message?.version]);
    };
    const asTheyAre = [
      ['MessageSent', 'new', 2],
      ['MessageSent', null, 2],
      ['MessageEdited', 'new', 2],
      ['MessageDeleted', null, 2],
    ];

    expect(await replay()).toEqual(asTheyAre);
    listening.stop();
    await house.everyoneLeaves(); // nothing of the room is in memory any more
    expect(await replay()).toEqual(asTheyAre);
  });
});

describe('a stream ends', () => {
  it('for whoever is removed from a private room, with the removal as the last they hear', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const heard = await bob.listen(room);
    const messages = bob.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    const staying = await ada.listen(room);
    await house.hears(3);

    await ada.send(room, 'before');
    await ada.remove(room, bob);
    await ada.send(room, 'after');

    expect(await heard.next()).toMatchObject({ message: { content: 'before' } });
    expect(await heard.next()).toMatchObject({
      __typename: 'MemberLeft',
      removed: true,
      user: { id: bob.id },
      actor: { id: ada.id },
    });
    expect(await heard.next()).toMatchObject({
      __typename: 'StreamEnded',
      reason: 'ACCESS_REVOKED',
      retryAfterMs: null,
    });
    expect(await heard.ended()).toBe('complete');
    expect(await messages.next()).toMatchObject({ content: 'before' });
    await expect(messages.next()).rejects.toHaveCode('FORBIDDEN');
    expect((await staying.nextOnes(3)).map((event) => event.__typename)).toEqual([
      'MessageSent',
      'MemberLeft',
      'MessageSent',
    ]);
    await expect(bob.listen(room)).rejects.toHaveCode('NOT_FOUND');
  });

  it('for whoever leaves a private room, but not a public one', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const garden = await ada.createRoom('garden', { with: [bob] });
    const square = await ada.createRoom('square', { kind: 'PUBLIC', with: [bob] });
    const inGarden = await bob.listen(garden);
    const onSquare = await bob.listen(square);

    await bob.leaveRoom(garden);
    await bob.leaveRoom(square);
    await ada.send(square, 'goodbye, bob');

    expect((await inGarden.nextOnes(2)).map((event) => event.reason ?? event.__typename)).toEqual([
      'MemberLeft',
      'ACCESS_REVOKED',
    ]);
    expect(await inGarden.ended()).toBe('complete');
    expect((await onSquare.nextOnes(2)).map((event) => event.__typename)).toEqual(['MemberLeft', 'MessageSent']);
    await onSquare.isSilent();
  });

  it('when its room is archived; whoever comes later gets the replay and the end', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const room = await ada.createRoom('garden', { with: [bob] });
    const begin = (await bob.history(room)).streamCursor;
    await ada.ask(documents.UPDATE_ROOM, { input: { roomId: room.id, topic: 'soon over' } });
    const heard = await bob.listen(room);
    const messages = bob.subscribe<MessageSeen>(documents.MESSAGE_SENT, { roomId: room.id }, 'messageSent');
    await house.hears(2);

    await ada.send(room, 'last words');
    await ada.ask(documents.ARCHIVE, { roomId: room.id });

    const ends = ['MessageSent', 'RoomUpdated', 'ROOM_ARCHIVED'];
    expect((await heard.nextOnes(3)).map((event) => event.reason ?? event.__typename)).toEqual(ends);
    expect(await heard.ended()).toBe('complete');
    expect(await messages.next()).toMatchObject({ content: 'last words' });
    expect(await messages.ended()).toBe('complete');

    const late = await bob.listen(room, { after: begin });
    expect((await late.nextOnes(4)).map((event) => event.reason ?? event.__typename)).toEqual(['RoomUpdated', ...ends]);
    expect(await late.ended()).toBe('complete');
    const fresh = await bob.listen(room);
    expect(await fresh.next()).toMatchObject({ reason: 'ROOM_ARCHIVED' });
  });
});
