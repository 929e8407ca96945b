// Access keys: tokens for scripts and bots that act as their owner until they are revoked, or expire.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { badInput, conflict, notFound } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import * as text from '../core/text.js';
import { Viewer } from '../core/viewer.js';
import { Database, moment, type Unit } from '../database/database.js';
import { UsersService } from '../users/users.service.js';
import {
  type AccessKey,
  type AccessKeyRecord,
  type AccessScope,
  type CreateAccessKeyInput,
  type NewAccessKey,
  toAccessKey,
} from './access-key.model.js';
import { hashOf, newToken, Tokens } from './tokens.js';

const PREFIX = 'parley_'; // so that people, and programs that look for secrets, see what was left lying about
const SECRET = /^parley_[\w-]{43}$/;
const KEYS_MAX = 50; // of one account; one for each program, and nobody has fifty
const TOUCH_AFTER = 300_000; // ms; how coarse lastUsedAt is, and how seldom reading writes
const NEVER = new Date(8_640_000_000_000_000); // the last moment that there is

const columns = sql.raw('id, label, scope, created_at, last_used_at, expires_at');
const STANDS = sql.raw('(expires_at is null or expires_at > now())');

@Injectable()
export class AccessKeysService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly tokens: Tokens,
  ) {}

  /** Who asks with this key; null when it is unknown, revoked or expired. */
  async lookUp(secret: string): Promise<Viewer | null> {
    return SECRET.test(secret) ? this.tokens.lookUp(secret, (hash) => this.read(hash)) : null;
  }

  async list(viewer: Viewer): Promise<AccessKey[]> {
    const rows = await this.database.statement(sql<AccessKeyRecord>`
      select ${columns} from access_keys where user_id = ${viewer.userId} and ${STANDS} order by created_at desc, id desc`);
    return rows.map(toAccessKey);
  }

  async create(viewer: Viewer, input: CreateAccessKeyInput): Promise<NewAccessKey> {
    const label = text.keyLabel(input.label);
    const expiresAt = input.expiresAt ?? null;
    if (expiresAt && expiresAt.getTime() <= Date.now())
      throw badInput('expiresAt', '`expiresAt` must be in the future.');
    const secret = PREFIX + newToken();
    return this.database.write(async (unit) => {
      await this.users.hold(unit, viewer); // keys of one account are made one after the other: they are counted
      await unit.query(sql`delete from access_keys where user_id = ${viewer.userId} and not ${STANDS}`);
      const [counted] = await unit.query(sql<{ keys: number }>`
        select count(*)::int as keys from access_keys where user_id = ${viewer.userId}`);
      if ((counted?.keys ?? 0) >= KEYS_MAX)
        throw conflict(`You have ${KEYS_MAX} access keys: revoke one first.`, { limit: KEYS_MAX });
      const [row] = await unit.query(sql<AccessKeyRecord>`
        insert into access_keys (id, user_id, token_hash, label, scope, created_at, expires_at)
        values (${newId()}, ${viewer.userId}, ${hashOf(secret)}, ${label}, ${input.scope}, clock_timestamp(),
          ${expiresAt?.toISOString() ?? null}::timestamptz)
        returning ${columns}`);
      if (!row) throw new Error('An insert returned nothing');
      return { key: toAccessKey(row), secret };
    });
  }

  /** Gone from the database first, then forgotten here and everywhere; its sockets close. */
  async revoke(viewer: Viewer, id: string): Promise<Viewer> {
    const gone = isId(id)
      ? await this.database.statement(
          sql`delete from access_keys where user_id = ${viewer.userId} and id = ${id} returning id`,
        )
      : [];
    if (gone.length === 0) throw notFound('access key');
    this.tokens.end([id]);
    return viewer;
  }

  async endAll(unit: Unit, userId: string): Promise<void> {
    const gone = await unit.query(sql<{ id: string }>`delete from access_keys where user_id = ${userId} returning id`);
    unit.afterCommit(() => this.tokens.end(gone.map(({ id }) => id)));
  }

  /** Of these keys, held by open sockets, the ones that still stand, with their expiry. A socket counts as use. */
  async standing(ids: readonly string[]): Promise<Map<string, Date>> {
    const rows = await this.database.statement(sql<{ id: string; expires_at: string | null; stale: boolean }>`
      select id, expires_at, ${stale} as stale from access_keys where id = any(${ids}::uuid[]) and ${STANDS}`);
    await this.touch(rows);
    return new Map(rows.map((row) => [row.id, endOf(row.expires_at)]));
  }

  private async read(hash: Buffer): Promise<Viewer | null> {
    const rows = await this.database.statement(
      sql<{ id: string; user_id: string; scope: AccessScope; expires_at: string | null; stale: boolean }>`
        select id, user_id, scope, expires_at, ${stale} as stale from access_keys where token_hash = ${hash} and ${STANDS}`,
    );
    const [row] = rows;
    if (!row) return null;
    await this.touch(rows);
    return new Viewer(row.user_id, row.id, endOf(row.expires_at), row.scope);
  }

  private async touch(rows: readonly { id: string; stale: boolean }[]): Promise<void> {
    const ids = rows.filter((row) => row.stale).map((row) => row.id);
    if (ids.length === 0) return;
    await this.database.statement(sql`
      update access_keys set last_used_at = clock_timestamp() where id = any(${ids}::uuid[])`);
  }
}

const stale = sql.raw(`coalesce(last_used_at < now() - interval '${TOUCH_AFTER} milliseconds', true)`);
const endOf = (expiresAt: string | null): Date => (expiresAt === null ? NEVER : moment(expiresAt));
