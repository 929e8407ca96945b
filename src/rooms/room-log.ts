// The log of a room: everything that happened, in order, without a hole. The truth that the bus only hints at.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { EventBus } from '../bus/event-bus.js';
import { Database, moment, type Unit } from '../database/database.js';
import { type JoinedUser, User, userColumns } from '../users/user.model.js';
import { type MemberJoined, type MemberLeft, type RoomEvent, roomChannel } from './room.events.js';
import { personalChannel } from './viewer.events.js';

/** A place in the log. */
export interface LogPlace {
  readonly roomId: string;
  readonly seq: number;
  readonly at: Date;
  readonly actor: User | null;
}

/** A place in the log with the references that stand there. */
export interface LogEntry extends LogPlace {
  readonly kind: string;
  readonly messageId: string | null;
  readonly membershipId: string | null;
  readonly detail: string | null;
}

/** What is to stand in the log, at a place that is not known yet. */
export interface NewEntry<Kind extends string = string> {
  readonly roomId: string;
  readonly kind: Kind;
  readonly actor: User | null;
  readonly messageId?: string;
  readonly membershipId?: string;
  readonly detail?: string | undefined;
}

/** How the events of one kind are read back, and how they bear on earlier ones. A feature registers its own. */
export interface EventKind<Event extends RoomEvent = RoomEvent> {
  /** The events of these entries, as things are now; asked once for many. */
  hydrate(entries: readonly LogEntry[]): Promise<Map<number, Event>>;
  /** What becomes of an earlier event, still in memory, once this one has happened. Default: it stays as it is. */
  revise?(earlier: RoomEvent, later: Event): RoomEvent;
}

interface EventRecord extends Partial<JoinedUser> {
  room_id: string;
  seq: number;
  kind: string;
  message_id: string | null;
  membership_id: string | null;
  detail: string | null;
  at: string;
}

const HEADS_AT_ONCE = 5_000; // rooms in one query of heads: some ten milliseconds

@Injectable()
export class RoomLog {
  private readonly kinds = new Map<string, EventKind>();

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
  ) {}

  register<Event extends RoomEvent>(kind: Event['__typename'], how: EventKind<Event>): void {
    this.kinds.set(kind, how as EventKind);
  }

  kind(event: RoomEvent): EventKind | undefined {
    return this.kinds.get(event.__typename);
  }

  /**
   * Gives an event the room's next seq, in the transaction that makes the change. The room must be locked. It is told on
   * the bus once that has committed, and never when it has not.
   */
  async append<Event extends RoomEvent>(
    unit: Unit,
    entry: NewEntry<Event['__typename']>,
    event: (place: LogPlace) => Event,
  ): Promise<Event> {
    const { roomId, kind, actor, messageId = null, membershipId = null, detail = null } = entry;
    const [row] = await unit.query(sql<{ seq: number; at: string }>`
      with raised as (${raiseSeq(sql`r.id = ${roomId}`)})
      insert into room_events (room_id, seq, kind, actor_id, message_id, membership_id, detail, at)
      select id, seq, ${kind}, ${actor?.id ?? null}::uuid, ${messageId}::uuid, ${membershipId}::uuid, ${detail}::text, at
      from raised
      returning seq, at`);
    if (!row) throw new Error(`The room ${roomId} is gone although it was locked`);
    const appended = event({ roomId, seq: row.seq, at: moment(row.at), actor });
    unit.afterCommit(() => this.announce(appended));
    return appended;
  }

  /** Tells what has been committed. Not awaited: a hint that is lost costs a moment, never an event. */
  announce(event: RoomEvent): void {
    this.bus.publish(roomChannel(event.roomId), event);
    const concerned = personConcerned(event);
    if (concerned) this.bus.publish(personalChannel(concerned), event);
  }

  /** The events after that seq, ascending, as things are now. */
  async readAfter(roomId: string, seq: number, limit: number): Promise<RoomEvent[]> {
    return this.database.read(async (unit) => {
      const rows = await unit.query(sql<EventRecord>`
        select e.room_id, e.seq, e.kind, e.message_id, e.membership_id, e.detail, e.at, ${userColumns('u')}
        from room_events e left join users u on u.id = e.actor_id
        where e.room_id = ${roomId} and e.seq > ${seq} order by e.seq limit ${limit}`);
      return this.hydrate(rows);
    });
  }

  /** The newest seq of each of these rooms. */
  async heads(roomIds: readonly string[]): Promise<Map<string, number>> {
    const heads = new Map<string, number>();
    for (let from = 0; from < roomIds.length; from += HEADS_AT_ONCE) {
      const some = roomIds.slice(from, from + HEADS_AT_ONCE);
      const rows = await this.database.statement(sql<{ id: string; last_seq: number }>`
        select id, last_seq from rooms where id = any(${some}::uuid[])`);
      for (const { id, last_seq } of rows) heads.set(id, last_seq);
    }
    return heads;
  }

  private async hydrate(rows: readonly EventRecord[]): Promise<RoomEvent[]> {
    const events = new Map<number, RoomEvent>();
    for (const [kind, ofKind] of Map.groupBy(rows, (row) => row.kind)) {
      const how = this.kinds.get(kind);
      if (!how) throw new Error(`No feature has registered how to read ${kind} back from the log`);
      for (const [seq, event] of await how.hydrate(ofKind.map(toEntry))) events.set(seq, event);
    }
    return rows.map(({ room_id, seq, kind }) => {
      const event = events.get(seq);
      if (!event) throw new Error(`${kind} ${seq} of room ${room_id} refers to something that is gone`);
      return event;
    });
  }
}

/**
 * SQL that raises the counter of rooms and tells `id`, the last `seq` and `at`. Only as late as possible in a transaction,
 * for whoever comes next in these rooms waits from here on. `r` is the room.
 */
export const raiseSeq = (where: ReturnType<typeof sql>, from = sql``, by = sql`1`) => sql`
  update rooms r set last_seq = r.last_seq + ${by}, active_at = clock_timestamp()
  ${from} where ${where}
  returning r.id, r.last_seq as seq, r.active_at as at`;

/** Whose list of rooms has changed. */
function personConcerned(event: RoomEvent): string | null {
  if (event.__typename === 'MemberJoined') return (event as MemberJoined).membership.user.id;
  if (event.__typename === 'MemberLeft' || event.__typename === 'MemberBanned') return (event as MemberLeft).user.id;
  return null;
}

const toEntry = (row: EventRecord): LogEntry => ({
  kind: row.kind,
  roomId: row.room_id,
  seq: row.seq,
  at: moment(row.at),
  actor: row.user_id ? User.from(row as JoinedUser) : null,
  messageId: row.message_id,
  membershipId: row.membership_id,
  detail: row.detail,
});
