// Sessions: opaque tokens, known to us only by their hash, looked up through a cache of one second.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Settings } from '../config/config.js';
import { newId } from '../core/ids.js';
import { Viewer } from '../core/viewer.js';
import { Database, moment, type Unit } from '../database/database.js';
import { SessionRow } from './session.entity.js';
import { Session } from './session.model.js';
import { hashOf, newToken, Tokens } from './tokens.js';

const TOUCH_AFTER = 300_000; // ms; how coarse lastSeenAt is, and how seldom reading writes
const USER_AGENT_MAX = 256; // characters

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly tokens: Tokens,
    private readonly settings: Settings,
  ) {}

  async start(unit: Unit, userId: string, userAgent: string | null): Promise<{ token: string; viewer: Viewer }> {
    const token = newToken();
    const now = new Date();
    const row = unit.em.create(SessionRow, {
      id: newId(),
      userId,
      tokenHash: hashOf(token),
      userAgent: userAgent?.replaceAll('\0', '').toWellFormed().slice(0, USER_AGENT_MAX) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: this.expiry(now, now),
    });
    await unit.em.persist(row).flush();
    return { token, viewer: new Viewer(userId, row.id, row.expiresAt) };
  }

  /** Who asks with this token; null when the session is unknown, ended or expired. Using a session keeps it alive. */
  async lookUp(token: string): Promise<Viewer | null> {
    return this.tokens.lookUp(token, (hash) => this.read(hash));
  }

  async list(viewer: Viewer): Promise<Session[]> {
    return this.database.read(async ({ em }) => {
      const rows = await em.find(
        SessionRow,
        { userId: viewer.userId, expiresAt: { $gt: new Date() } },
        { orderBy: { lastSeenAt: 'desc', id: 'desc' }, disableIdentityMap: true },
      );
      return rows.map((row) => Session.of(row, viewer.sessionId));
    });
  }

  /** Ends those of these sessions that are this person's. First in the database, then here, then everywhere. */
  async end(userId: string, sessionIds: readonly string[]): Promise<boolean> {
    const gone = await this.database.statement(sql<{ id: string }>`
      delete from sessions where user_id = ${userId} and id = any(${sessionIds}::uuid[]) returning id`);
    const ids = gone.map(({ id }) => id);
    this.tokens.end(ids);
    return ids.length > 0;
  }

  /** Ends all sessions of a person, but for that one; they hear of it once this is committed. */
  async endAll(unit: Unit, userId: string, butFor: string | null): Promise<void> {
    const gone = await unit.query(sql<{ id: string }>`
      delete from sessions where user_id = ${userId} and id is distinct from ${butFor}::uuid returning id`);
    unit.afterCommit(() => this.tokens.end(gone.map(({ id }) => id)));
  }

  /**
   * Of these sessions, held by open sockets, the ones that still stand, with their expiry. A socket counts as use. Asked
   * on a tick, should the bus have lost an end.
   */
  async standing(sessionIds: readonly string[]): Promise<Map<string, Date>> {
    const now = new Date();
    const rows = await this.database.statement(sql<{ id: string; expires_at: string; stale: boolean }>`
      select id, expires_at, last_seen_at < ${ago(now, this.touchAfter)}::timestamptz as stale
      from sessions where id = any(${sessionIds}::uuid[]) and expires_at > ${now.toISOString()}::timestamptz`);
    const stale = rows.filter((row) => row.stale).map((row) => row.id);
    const expiries = new Map(rows.map((row) => [row.id, moment(row.expires_at)]));
    for (const [id, expiresAt] of stale.length > 0 ? await this.touch(stale, now) : []) expiries.set(id, expiresAt);
    return expiries;
  }

  private async read(hash: Buffer): Promise<Viewer | null> {
    const [row] = await this.database.statement(
      sql<{
        id: string;
        user_id: string;
        expires_at: string;
        last_seen_at: string;
      }>`select id, user_id, expires_at, last_seen_at from sessions where token_hash = ${hash} and expires_at > now()`,
    );
    if (!row) return null;
    const now = new Date();
    const stale = moment(row.last_seen_at).getTime() < now.getTime() - this.touchAfter;
    const expiresAt = (stale && (await this.touch([row.id], now)).get(row.id)) || moment(row.expires_at);
    return new Viewer(row.user_id, row.id, expiresAt);
  }

  private async touch(sessionIds: readonly string[], now: Date): Promise<Map<string, Date>> {
    const { sessionTtl, sessionIdle } = this.settings;
    const rows = await this.database.statement(sql<{ id: string; expires_at: string }>`
      update sessions set
        last_seen_at = ${now.toISOString()}::timestamptz,
        expires_at = least(created_at + ${sessionTtl} * interval '1 millisecond', ${ago(now, -sessionIdle)}::timestamptz)
      where id = any(${sessionIds}::uuid[]) returning id, expires_at`);
    return new Map(rows.map((row) => [row.id, moment(row.expires_at)]));
  }

  /** Well within the idle time, however short that is set. */
  private get touchAfter(): number {
    return Math.min(TOUCH_AFTER, this.settings.sessionIdle / 10);
  }

  private expiry(createdAt: Date, seenAt: Date): Date {
    const { sessionTtl, sessionIdle } = this.settings;
    return new Date(Math.min(createdAt.getTime() + sessionTtl, seenAt.getTime() + sessionIdle));
  }
}

const ago = (now: Date, ms: number): string => new Date(now.getTime() - ms).toISOString();
