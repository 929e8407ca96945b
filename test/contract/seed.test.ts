// The room at size is one like any other: a log without a hole, and everything in it where the log says.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Viewer } from '../../src/core/viewer.js';
import { MessageLists } from '../../src/messages/message.lists.js';
import { RoomAccess } from '../../src/rooms/room-access.js';
import { fillRoom, MESSAGES, PEOPLE } from '../../src/seed-large.js';
import { Sending } from '../support/sending.js';

let here: Sending;
let ada: string;
let room: string;
beforeAll(async () => {
  here = await Sending.open();
  ada = await here.person();
  room = await here.room([ada]);
  await fillRoom(here.database, room, 'a hash');
});
afterAll(() => here.close());

const count = async (what: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await here.run(sql<{ count: number }>`select count(*)::int as count from ${what}`);
  return row?.count ?? -1;
};

describe('a room at size', () => {
  it('has all its people, messages, threads and reactions', async () => {
    expect(await count(sql`memberships where room_id = ${room}`)).toBe(PEOPLE + 1);
    expect(await count(sql`messages where room_id = ${room}`)).toBe(MESSAGES);
    expect(await count(sql`messages where room_id = ${room} and parent_id is not null`)).toBeGreaterThan(1_000);
    expect(await count(sql`message_reactions`)).toBeGreaterThan(1_000);
  });

  it('has a log without a hole, in which all of it stands', async () => {
    const events = await count(sql`room_events where room_id = ${room}`);
    expect(await here.lastSeq(room)).toBe(events);
    expect(await here.history(room)).toHaveLength(MESSAGES);
    const reactions = await count(sql`
      message_reactions r join room_events e on e.room_id = ${room} and e.seq = r.seq and e.kind = 'ReactionAdded'
        and e.message_id = r.message_id and e.actor_id = r.user_id and e.detail = r.emoji`);
    expect(reactions).toBe(await count(sql`message_reactions`));
    const astray = await count(sql`messages m join messages p on p.id = m.parent_id
      where p.room_id <> m.room_id or p.parent_id is not null or p.seq > m.seq`);
    expect(astray).toBe(0);
  });

  it('is read and spoken in like any other', async () => {
    const viewer = new Viewer(ada, randomUUID(), new Date());
    const standing = await new RoomAccess(here.database).reader(viewer, room);
    const page = await new MessageLists(here.database).page(standing.room, null, {});
    expect(page.nodes).toHaveLength(50);
    expect(await here.send(room, ada, 'Good morning, everyone')).toMatchObject({ seq: standing.room.headSeq + 1 });
  });
});
