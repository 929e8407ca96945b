// People: looked up and made. Passwords and sessions are the floor above.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { conflict, unauthenticated } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database, isUniqueViolation, type Unit } from '../database/database.js';
import { UserRow } from './user.entity.js';
import type { UpdateProfileInput } from './user.inputs.js';
import { type JoinedUser, namelessFrom, User, userColumns } from './user.model.js';
import { UserLifecycle } from './user-lifecycle.js';

interface NewPerson {
  readonly username: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly bot: boolean;
}

@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly lifecycle: UserLifecycle,
  ) {}

  /** Everyone who is signed in may look anyone up. */
  async byUsername(_viewer: Viewer, username: string): Promise<User | null> {
    const name = text.usernameToLookUp(username);
    if (name.includes('\0')) return null;
    return this.database.read(async ({ em }) => {
      const row = await em.findOne(UserRow, { username: name, deletedAt: null }, { disableIdentityMap: true });
      return row && User.of(row);
    });
  }

  /** Whoever it is or was: somebody whose account is deleted comes nameless. */
  async byId(id: string): Promise<User> {
    return this.database.read(async ({ em }) => User.of(await em.findOneOrFail(UserRow, { id })));
  }

  /** In the order of the ids; null for one that does not exist, or not any more. */
  async byIds(ids: readonly string[]): Promise<(User | null)[]> {
    const known = ids.filter(isId);
    const rows = await this.database.read(({ em }) =>
      em.find(UserRow, { id: { $in: known }, deletedAt: null }, { disableIdentityMap: true }),
    );
    const byId = new Map(rows.map((row) => [row.id, User.of(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** By id, whoever they are or were. */
  async whoever(ids: readonly string[]): Promise<Map<string, User>> {
    const rows = await this.database.statement(sql<JoinedUser>`
      select ${userColumns('u')} from users u where u.id = any(${ids}::uuid[])`);
    return new Map(rows.map((row) => [row.user_id, User.from(row)]));
  }

  /** What is stored of a password, for the floor that can compare it. */
  async passwordHash(username: string): Promise<{ userId: string; passwordHash: string | null } | null> {
    const name = text.usernameToLookUp(username);
    if (name.includes('\0')) return null;
    return this.database.read(async ({ em }) => {
      const row = await em.findOne(UserRow, { username: name }, { disableIdentityMap: true });
      return row && { userId: row.id, passwordHash: row.passwordHash };
    });
  }

  /**
   * Whether that is still what their password is compared with. It stays so until this unit has ended: who changes it
   * waits.
   */
  async hasPassword(unit: Unit, known: { userId: string; passwordHash: string | null }): Promise<boolean> {
    const rows = await unit.query(sql`
      select id from users where id = ${known.userId} and password_hash = ${known.passwordHash} for share`);
    return rows.length > 0;
  }

  /** False when it was another one by now. */
  async changePassword(unit: Unit, userId: string, from: string, to: string): Promise<boolean> {
    const rows = await unit.query(sql`
      update users set password_hash = ${to} where id = ${userId} and password_hash = ${from} returning id`);
    return rows.length > 0;
  }

  /** Holds the account until the unit has ended: nobody deletes it meanwhile, nor does anything else that holds it. */
  async hold(unit: Unit, viewer: Viewer): Promise<void> {
    const rows = await unit.query(sql`
      select id from users where id = ${viewer.userId} and deleted_at is null for no key update`);
    if (rows.length === 0) throw unauthenticated();
  }

  /**
   * Takes everything personal away; the row stays, nameless, for what was said refers to it. False when the password was
   * another one by now.
   */
  async delete(unit: Unit, userId: string, passwordHash: string): Promise<boolean> {
    const nameless = namelessFrom(await this.byId(userId));
    await this.lifecycle.deleted(unit, nameless); // rooms are locked before this row is
    const rows = await unit.query(sql`
      update users set username = ${nameless.username}, display_name = ${nameless.displayName}, avatar_url = null,
        password_hash = null, last_seen_at = null, read_signals = true, deleted_at = clock_timestamp()
      where id = ${userId} and password_hash = ${passwordHash} returning id`);
    await unit.query(sql`delete from blocks where blocker_id = ${userId} or blocked_id = ${userId}`);
    return rows.length > 0;
  }

  async updateProfile(viewer: Viewer, input: UpdateProfileInput): Promise<User> {
    const displayName = input.displayName == null ? null : text.displayName(input.displayName);
    const avatarUrl = input.avatarUrl == null ? null : text.avatarUrl(input.avatarUrl);
    const [row] = await this.database.statement(sql<JoinedUser>`
      update users set
        display_name = coalesce(${displayName}::text, display_name),
        avatar_url = case when ${input.avatarUrl === undefined}::boolean then avatar_url else ${avatarUrl}::text end
      where id = ${viewer.userId} and deleted_at is null returning ${userColumns('users')}`);
    if (!row) throw unauthenticated();
    return User.from(row);
  }

  /** Makes a person, and lets every floor do its part, in one transaction. */
  async create(unit: Unit, person: NewPerson): Promise<User> {
    const row = unit.em.create(UserRow, {
      id: newId(),
      createdAt: new Date(),
      avatarUrl: null,
      deletedAt: null,
      ...person,
    });
    try {
      await unit.em.persist(row).flush();
    } catch (error) {
      if (isUniqueViolation(error, 'users_username_unique')) {
        throw conflict(`The username "${person.username}" is taken.`, { field: 'username' });
      }
      throw error;
    }
    const user = User.of(row);
    await this.lifecycle.created(unit, user);
    return user;
  }
}
