// The only judge of who may do what in a room. Services call it: for reads in the first line, for writes under the lock.
import { Injectable } from '@nestjs/common';
import { type RawBuilder, sql } from 'kysely';
import { conflict, forbidden, notFound } from '../core/errors.js';
import { isId } from '../core/ids.js';
import type { Viewer } from '../core/viewer.js';
import { Database, type Unit } from '../database/database.js';
import { isBanned } from './ban.model.js';
import { type Room, RoomKind, RoomRole } from './room.model.js';
import { type RoomRecord, roleOf, toRoom } from './room.rows.js';
import { isSilenced, SILENCED } from './silence.sql.js';

/** Where somebody stands in a room, and what follows from it. Every refusal is told here and nowhere else. */
export class Standing {
  constructor(
    readonly room: Room,
    readonly role: RoomRole | null,
    readonly membershipId: string | null,
    readonly banned: boolean,
    /** Of a direct room. Known under the lock alone. */
    private readonly silenced?: boolean,
  ) {}

  get mayRead(): boolean {
    return !this.banned && (this.room.kind === RoomKind.PUBLIC || this.role !== null);
  }

  /** To a stranger a private room does not exist, nor any room to somebody who is banned from it. */
  requireReader(): this {
    if (!this.mayRead) throw notFound('room');
    return this;
  }

  requireMember(): this {
    this.requireReader();
    if (this.role === null) throw forbidden('Join the room first.');
    return this;
  }

  /** May add words of their own: send, edit, react. */
  requireSpeaker(): this {
    this.requireMember();
    if (this.silenced === undefined) throw new Error('Who may speak is judged under the lock of the room');
    if (this.silenced) throw forbidden(SILENCED);
    return this;
  }

  requireModerator(): this {
    this.requireMember();
    if (this.role === RoomRole.MEMBER) throw forbidden('Only moderators and owners of the room may do this.');
    return this;
  }

  requireOwner(): this {
    this.requireMember();
    if (this.role !== RoomRole.OWNER) throw forbidden('Only owners of the room may do this.');
    return this;
  }

  requireNotDirect(): this {
    if (this.room.kind === RoomKind.DIRECT) throw forbidden('A direct room belongs to the same people for ever.');
    return this;
  }

  /** An archived room can be read, and nothing in it changes. */
  requireOpen(): this {
    if (this.room.archivedAt) throw conflict('The room is archived: it can be read, but not changed.');
    return this;
  }
}

interface Seen extends RoomRecord {
  role: number | null;
  membership_id: string | null;
  banned: boolean;
}

@Injectable()
export class RoomAccess {
  constructor(private readonly database: Database) {}

  /** For reads. Refuses who may not read with the same answer as for a room that does not exist. */
  async reader(viewer: Viewer, roomId: string): Promise<Standing> {
    if (!isId(roomId)) throw notFound('room');
    const [row] = await this.database.statement(sql<Seen>`
      select r.*, m.role, m.id as membership_id, ${isBanned(sql`r.id`, sql`${viewer.userId}::uuid`)} as banned
      from rooms r
      left join memberships m on m.room_id = r.id and m.user_id = ${viewer.userId} and m.ended_seq is null
      where r.id = ${roomId}`);
    if (!row) throw notFound('room');
    return new Standing(toRoom(row), roleOf(row.role), row.membership_id, row.banned).requireReader();
  }

  /** For lists over many rooms: SQL that is true of those that the viewer may read. `r` is the room. */
  readable(viewer: Viewer) {
    const banned = isBanned(sql`r.id`, sql`${viewer.userId}::uuid`);
    return sql<boolean>`((r.kind = 'PUBLIC' and not ${banned}) or exists (
      select from memberships own where own.room_id = r.id and own.user_id = ${viewer.userId} and own.ended_seq is null))`;
  }

  /**
   * For writes: locks the room, then reads where the viewer stands, so that nothing that comes after their removal gets
   * through. The caller says what is required.
   */
  async locked(unit: Unit, viewer: Viewer, roomId: string): Promise<Standing> {
    if (!isId(roomId)) throw notFound('room');
    const [row] = await unit.query(sql<RoomRecord>`select * from rooms where id = ${roomId} for no key update`);
    if (!row) throw notFound('room');
    const [membership] = await unit.query(sql<{ id: string; role: number }>`
      select id, role from memberships
      where room_id = ${roomId} and user_id = ${viewer.userId} and ended_seq is null for share`);
    const banned = !membership && (await isTrue(unit, isBanned(sql`${roomId}::uuid`, sql`${viewer.userId}::uuid`)));
    const direct = membership !== undefined && row.kind === RoomKind.DIRECT;
    const silenced = direct && (await isTrue(unit, isSilenced(sql`${roomId}::uuid`, sql`${viewer.userId}::uuid`)));
    const role = roleOf(membership?.role ?? null);
    return new Standing(toRoom(row), role, membership?.id ?? null, banned, silenced).requireReader();
  }
}

async function isTrue(unit: Unit, condition: RawBuilder<boolean>): Promise<boolean> {
  const [row] = await unit.query(sql<{ yes: boolean }>`select ${condition} as yes`);
  return row?.yes ?? false;
}
