// What becomes of rooms when somebody deletes their account: they leave all of them, in the transaction that does it.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { conflict, unavailable } from '../core/errors.js';
import type { Unit } from '../database/database.js';
import type { User } from '../users/user.model.js';
import { UserLifecycle } from '../users/user-lifecycle.js';
import { MembersService } from './members.service.js';
import { RoomRole } from './room.model.js';
import { type MembershipRecord, membershipColumns, rankOf, toMembership } from './room.rows.js';

const OWNER = rankOf(RoomRole.OWNER);

@Injectable()
export class Departures implements OnModuleInit {
  constructor(
    private readonly lifecycle: UserLifecycle,
    private readonly members: MembersService,
  ) {}

  onModuleInit(): void {
    this.lifecycle.onDeleted((unit, user) => this.depart(unit, user));
  }

  /** Rooms that are archived stay as they are, with a nameless member: nothing in them changes. */
  private async depart(unit: Unit, nameless: User): Promise<void> {
    const current = sql`m.user_id = ${nameless.id} and m.ended_seq is null`;
    const locked = await unit.query(sql<{ id: string }>`
      select id from rooms where archived_at is null and id in (select m.room_id from memberships m where ${current})
      order by id for no key update`);
    // From here on nobody can put them into another room: whoever tries waits for this row, and then finds nobody.
    await unit.query(sql`select id from users where id = ${nameless.id} for update`);
    const rows = await unit.query(sql<MembershipRecord & { name: string | null; last_owner: boolean }>`
      select ${membershipColumns}, r.name, m.role = ${OWNER} and not exists (
          select from memberships o
          where o.room_id = m.room_id and o.role = ${OWNER} and o.ended_seq is null and o.id <> m.id
        ) as last_owner
      from memberships m join rooms r on r.id = m.room_id join users u on u.id = m.user_id
      where ${current} and r.archived_at is null order by m.room_id`);
    const held = new Set(locked.map(({ id }) => id));
    if (rows.some((row) => !held.has(row.room_id)))
      throw unavailable('You came into a room at this moment. Try again.');
    const owned = rows.find((row) => row.last_owner);
    if (owned) throw conflict(`You are the last owner of "${owned.name}": name another one, or archive it, first.`);
    for (const row of rows) await this.members.depart(unit, { ...toMembership(row), user: nameless }, nameless);
    await unit.query(sql`update bans set reason = null where user_id = ${nameless.id}`);
  }
}
