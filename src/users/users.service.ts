// People: looked up and made. Passwords and sessions are the floor above.
import { Injectable } from '@nestjs/common';
import { conflict } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import { usernameToLookUp } from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database, isUniqueViolation, type Unit } from '../database/database.js';
import { UserRow } from './user.entity.js';
import { User } from './user.model.js';
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
    const name = usernameToLookUp(username);
    if (name.includes('\0')) return null;
    return this.database.read(async ({ em }) => {
      const row = await em.findOne(UserRow, { username: name }, { disableIdentityMap: true });
      return row && User.of(row);
    });
  }

  async byId(id: string): Promise<User> {
    return this.database.read(async ({ em }) => User.of(await em.findOneOrFail(UserRow, { id })));
  }

  /** In the order of the ids; null for one that does not exist. */
  async byIds(ids: readonly string[]): Promise<(User | null)[]> {
    const known = ids.filter(isId);
    const rows = await this.database.read(({ em }) =>
      em.find(UserRow, { id: { $in: known } }, { disableIdentityMap: true }),
    );
    const byId = new Map(rows.map((row) => [row.id, User.of(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** What is stored of a password, for the floor that can compare it. */
  async passwordHash(username: string): Promise<{ userId: string; passwordHash: string | null } | null> {
    const name = usernameToLookUp(username);
    if (name.includes('\0')) return null;
    return this.database.read(async ({ em }) => {
      const row = await em.findOne(UserRow, { username: name }, { disableIdentityMap: true });
      return row && { userId: row.id, passwordHash: row.passwordHash };
    });
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
