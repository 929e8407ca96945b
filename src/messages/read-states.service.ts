// Read state: marking, counting, and whether others are told. No room is locked for it: a crowd that reads would queue up.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import { EventBus } from '../bus/event-bus.js';
import { badInput, forbidden, notFound } from '../core/errors.js';
import { isId } from '../core/ids.js';
import type { Viewer } from '../core/viewer.js';
import { Database } from '../database/database.js';
import { type Room, RoomKind } from '../rooms/room.model.js';
import { type RoomRecord, toRoom } from '../rooms/room.rows.js';
import { signalsChannel } from '../rooms/room.signals.js';
import { personalChannel } from '../rooms/viewer.events.js';
import { type JoinedUser, User, userColumns } from '../users/user.model.js';
import { UserLifecycle } from '../users/user-lifecycle.js';
import type { MarkReadInput } from './read-state.inputs.js';
import { COUNTED, NotifyLevel, type ReadState } from './read-state.model.js';

/** The room and where its reader stands, and what has moved; no row: there is no such room. */
interface Marked extends RoomRecord, JoinedUser {
  membership_id: string | null;
  moved_to: number | null;
  read_signals: boolean;
}

@Injectable()
export class ReadStates implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly lifecycle: UserLifecycle,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onDeleted(async (unit, { id }) => {
      await unit.query(sql`
        delete from read_states s using memberships m where m.id = s.membership_id and m.user_id = ${id}::uuid`);
      await unit.query(sql`delete from message_mentions where user_id = ${id}::uuid`);
    });
  }

  /**
   * One statement. The membership is judged under a lock of its own row, so that nothing is marked after the end of it;
   * whoever marks from two places at once waits for themselves, and the higher seq stays.
   */
  async mark(viewer: Viewer, { roomId, seq }: MarkReadInput): Promise<Room> {
    if (!isId(roomId)) throw notFound('room');
    if (seq < 0) throw badInput('seq', '`seq` must be 0 or more.', 0);
    const [row] = await this.database.statement(sql<Marked>`
      ${standing(viewer, roomId)}, moved as (
        insert into read_states (membership_id, last_read_seq)
        select member.id, ${seq}::int from room cross join member
        where ${seq}::int <= room.last_seq and ${seq}::int > member.joined_seq
        on conflict (membership_id) do update set last_read_seq = excluded.last_read_seq
          where read_states.last_read_seq < excluded.last_read_seq
        returning last_read_seq
      )
      select room.*, member.id as membership_id, moved.last_read_seq as moved_to, u.read_signals, ${userColumns('u')}
      from room join users u on u.id = ${viewer.userId}::uuid left join member on true left join moved on true`);
    const room = judge(row);
    if (seq > room.headSeq) {
      throw badInput('seq', `\`seq\` lies ahead of the room: its newest event is ${room.headSeq}.`, room.headSeq);
    }
    if (row?.moved_to != null) this.tell(viewer, row);
    return room;
  }

  async setNotify(viewer: Viewer, roomId: string, level: NotifyLevel): Promise<Room> {
    if (!isId(roomId)) throw notFound('room');
    const [row] = await this.database.statement(sql<Marked>`
      ${standing(viewer, roomId)}, chosen as (
        insert into read_states (membership_id, last_read_seq, notify)
        select id, joined_seq, ${level}::text from member
        on conflict (membership_id) do update set notify = excluded.notify where read_states.notify <> excluded.notify
        returning membership_id
      )
      select room.*, member.id as membership_id, chosen.membership_id is not null as changed
      from room left join member on true left join chosen on true`);
    const room = judge(row);
    this.bus.publish(personalChannel(viewer.userId), { __typename: 'ReadMoved', roomId });
    return room;
  }

  /** Of all these rooms in one statement, in the order of the ids; null where the viewer is no member. */
  async of(viewer: Viewer, roomIds: readonly string[]): Promise<(ReadState | null)[]> {
    const rows = await this.database.statement(sql<{
      room_id: string;
      notify: NotifyLevel | null;
      seq: number;
      unread: number;
      mentions: number;
    }>`
      select m.room_id, s.notify, upto.seq, unread.count as unread, mentioned.count as mentions
      from memberships m join rooms r on r.id = m.room_id
      left join read_states s on s.membership_id = m.id
      cross join lateral (select ${readUpTo(viewer)} as seq offset 0) upto
      cross join lateral (${countAfter(sql`upto.seq`, sql`upto.seq + ${NEAR}`)}) near
      cross join lateral (
        select case when near.count = ${COUNTED} or r.last_seq <= upto.seq + ${NEAR} then near.count
          else (${countAfter(sql`upto.seq`, sql`r.last_seq`)}) end as count
      ) unread
      cross join lateral (
        select count(*)::int as count from (
          select from message_mentions x where x.user_id = ${viewer.userId}::uuid and x.room_id = m.room_id and x.seq > upto.seq
          limit ${COUNTED}
        ) counted
      ) mentioned
      where m.user_id = ${viewer.userId}::uuid and m.room_id = any(${roomIds}::uuid[]) and m.ended_seq is null`);
    const byRoom = new Map(rows.map((row) => [row.room_id, row]));
    return roomIds.map((id) => {
      const row = byRoom.get(id);
      if (!row) return null;
      const { seq, unread, mentions, notify } = row;
      return { lastReadSeq: seq, unreadCount: unread, mentionCount: mentions, notify: notify ?? NotifyLevel.ALL };
    });
  }

  /** How far a member has read; null for somebody who is none. */
  async readUpTo(viewer: Viewer, roomId: string): Promise<number | null> {
    const [row] = await this.database.statement(sql<{ seq: number }>`
      select ${readUpTo(viewer)} as seq from memberships m left join read_states s on s.membership_id = m.id
      where m.room_id = ${roomId} and m.user_id = ${viewer.userId}::uuid and m.ended_seq is null`);
    return row?.seq ?? null;
  }

  async tellsOthers(viewer: Viewer): Promise<boolean> {
    const [row] = await this.database.statement(sql<{ read_signals: boolean }>`
      select read_signals from users where id = ${viewer.userId}`);
    return row?.read_signals ?? false;
  }

  async setTellsOthers(viewer: Viewer, on: boolean): Promise<Viewer> {
    await this.database.statement(sql`
      update users set read_signals = ${on} where id = ${viewer.userId} and read_signals <> ${on}`);
    return viewer;
  }

  private tell(viewer: Viewer, row: Marked): void {
    const roomId = row.id;
    // Their own other screens count anew.
    this.bus.publish(personalChannel(viewer.userId), { __typename: 'ReadMoved', roomId });
    if (!row.read_signals) return;
    const signal = { __typename: 'ReadSignal', roomId, user: User.from(row), lastReadSeq: row.moved_to ?? 0 } as const;
    this.bus.publish(signalsChannel(roomId), { signal, headSeq: row.last_seq });
  }
}

/** The newest message of one's own marks what stands before it: found by an index, so that a send has nothing to write. */
const readUpTo = (viewer: Viewer) => sql`
  greatest(coalesce(s.last_read_seq, m.joined_seq), coalesce((
    select own.seq from messages own where own.room_id = m.room_id and own.author_id = ${viewer.userId}::uuid
      and own.seq > 0
    order by own.seq desc limit 1), 0))`;

/**
 * Near what was read there nearly always are as many as are counted, or all there are. Only then the rest is asked: for a
 * range that it takes to be short the planner likes to gather all of its entries first, and that may be all of a room.
 */
const NEAR = 1_000; // events

const countAfter = (after: RawBuilder<unknown>, upTo: RawBuilder<unknown>) => sql`
  select count(*)::int as count from (
    select from messages x where x.room_id = m.room_id and x.seq > ${after} and x.seq <= ${upTo} and ${countable}
    limit ${COUNTED}
  ) counted`;

/** What counts as unread once it stands after what was read: none of it is one's own, for that would be the newest. */
const countable = sql`x.deleted_at is null and x.parent_id is null`;

/** The room, and the current membership of the viewer in it, kept from ending while this statement runs. */
const standing = (viewer: Viewer, roomId: string) => sql`
  with room as materialized (
    select * from rooms where id = ${roomId}::uuid
  ), member as materialized (
    select m.id, m.joined_seq from memberships m
    where m.room_id = ${roomId}::uuid and m.user_id = ${viewer.userId}::uuid and m.ended_seq is null for share
  )`;

function judge(row: Marked | undefined): Room {
  if (!row) throw notFound('room');
  if (row.membership_id === null) {
    if (row.kind === RoomKind.PUBLIC) throw forbidden('Join the room first.');
    throw notFound('room');
  }
  return toRoom(row);
}
