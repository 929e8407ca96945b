// Blocks: whom somebody does not want to be written to by. What follows from one is judged where rooms are.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { badInput, ChatError, conflict, ErrorCode } from '../core/errors.js';
import { isId } from '../core/ids.js';
import type { Viewer } from '../core/viewer.js';
import { Database, type Unit } from '../database/database.js';
import { type JoinedUser, User, userColumns } from './user.model.js';
import { UsersService } from './users.service.js';

const BLOCKED_MAX = 500; // people; they are listed all at once

@Injectable()
export class BlocksService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
  ) {}

  async block(viewer: Viewer, userId: string): Promise<Viewer> {
    if (userId === viewer.userId) throw badInput('userId', 'You cannot block yourself.');
    return this.database.write(async (unit) => {
      const [user] = await this.users.byIds([userId]);
      if (!user) throw new ChatError(ErrorCode.NOT_FOUND, 'There is no such person.', { field: 'userId' });
      await this.users.hold(unit, viewer); // one after the other: they are counted
      const [counted] = await unit.query(sql<{ blocked: number; already: boolean }>`
        select count(*)::int as blocked, coalesce(bool_or(blocked_id = ${userId}), false) as already
        from blocks where blocker_id = ${viewer.userId}`);
      if (counted?.already) return viewer;
      if ((counted?.blocked ?? 0) >= BLOCKED_MAX)
        throw conflict(`You have blocked ${BLOCKED_MAX} people: unblock one first.`, { limit: BLOCKED_MAX });
      await unit.query(sql`insert into blocks (blocker_id, blocked_id) values (${viewer.userId}, ${userId})`);
      return viewer;
    });
  }

  async unblock(viewer: Viewer, userId: string): Promise<Viewer> {
    if (isId(userId))
      await this.database.statement(sql`
        delete from blocks where blocker_id = ${viewer.userId} and blocked_id = ${userId} returning blocked_id`);
    return viewer;
  }

  async list(viewer: Viewer): Promise<User[]> {
    const rows = await this.database.statement(sql<JoinedUser>`
      select ${userColumns('u')} from blocks b join users u on u.id = b.blocked_id
      where b.blocker_id = ${viewer.userId} and u.deleted_at is null order by b.created_at desc, u.id`);
    return rows.map((row) => User.from(row));
  }

  /** Whether one of these people does not want to be written to by that one. */
  async isBlocked(unit: Unit, userId: string, by: readonly string[]): Promise<boolean> {
    const rows = await unit.query(sql`
      select blocker_id from blocks where blocked_id = ${userId} and blocker_id = any(${by}::uuid[]) limit 1`);
    return rows.length > 0;
  }
}
