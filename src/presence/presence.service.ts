// Who is here: told by the gateway whose sockets this process holds, written on the board for all processes to read.
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sql } from 'kysely';
import { EventBus } from '../bus/event-bus.js';
import { Settings } from '../config/config.js';
import { log, Rationed } from '../core/logging.js';
import type { Viewer } from '../core/viewer.js';
import { Database, momentOrNull } from '../database/database.js';
import { presenceChannel } from './presence.events.js';
import { PresenceStore } from './presence-store.js';

const TOGETHER = 50; // ms in which those who come and go are told in one breath: a crowd that reconnects
const LAST_WORDS = 1_000; // ms for what is written as the process stops
const LAST_SEEN_EVERY = 60_000; // ms; how coarse lastSeenAt is, and how seldom it is written

@Injectable()
export class Presence implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** How many sockets each person has on this process. */
  private readonly held = new Map<string, number>();
  private readonly leaving = new Map<string, NodeJS.Timeout>();
  private came = new Set<string>();
  private left = new Set<string>();
  private telling: NodeJS.Timeout | undefined;
  private beating = false;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly rationed = new Rationed();

  constructor(
    private readonly store: PresenceStore,
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.timers.push(
      setInterval(() => void this.beat(), this.beatEvery),
      setInterval(() => void this.remember([...this.held.keys()]), LAST_SEEN_EVERY),
    );
  }

  /** Those who are still held go now: another process will have them back in a moment. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of [...this.timers, ...this.leaving.values()]) clearInterval(timer);
    clearTimeout(this.telling);
    const everyone = [...new Set([...this.held.keys(), ...this.leaving.keys(), ...this.left])];
    this.held.clear();
    this.leaving.clear();
    const written = Promise.all([this.tellLeft(everyone), this.remember(everyone)]);
    await Promise.race([written, new Promise((resolve) => setTimeout(resolve, LAST_WORDS).unref())]);
    this.store.close();
  }

  /** Three beats to an entry on the board: one may be late, and one lost. */
  get beatEvery(): number {
    return this.settings.presenceTtl / 3;
  }

  /** The gateway: a socket has proved whose it is. */
  connected({ userId }: Viewer): void {
    const count = this.held.get(userId) ?? 0;
    this.held.set(userId, count + 1);
    clearTimeout(this.leaving.get(userId));
    if (this.leaving.delete(userId) || count > 0) return;
    this.left.delete(userId);
    this.came.add(userId);
    this.tellSoon();
  }

  /** The gateway: that socket has closed. A page that is loaded anew comes back within the pause. */
  gone({ userId }: Viewer): void {
    const count = (this.held.get(userId) ?? 0) - 1;
    if (count > 0) {
      this.held.set(userId, count);
      return;
    }
    if (!this.held.delete(userId)) return;
    const pause = setTimeout(() => {
      this.leaving.delete(userId);
      this.came.delete(userId);
      this.left.add(userId);
      this.tellSoon();
    }, this.settings.presenceTtl / 10);
    this.leaving.set(userId, pause);
  }

  /** Who of these are online, as far as it is known: while the board is away, those whom this process holds. */
  async online(userIds: readonly string[]): Promise<Set<string>> {
    return (await this.known(userIds)) ?? new Set(userIds.filter((id) => this.isHere(id)));
  }

  /** Who of these are online; null while the board is away. */
  async known(userIds: readonly string[]): Promise<Set<string> | null> {
    if (userIds.length === 0) return new Set();
    try {
      const online = await this.store.online(userIds);
      for (const id of userIds) if (this.isHere(id)) online.add(id); // what is not yet written there
      return online;
    } catch (error) {
      this.complain('could not be looked up', error);
      return null;
    }
  }

  /** When these people were last here, to the minute, in the order of the ids. */
  async lastSeen(userIds: readonly string[]): Promise<(Date | null)[]> {
    const rows = await this.database.statement(sql<{ id: string; last_seen_at: string | null }>`
      select id, last_seen_at from users where id = any(${userIds}::uuid[])`);
    const byId = new Map(rows.map((row) => [row.id, momentOrNull(row.last_seen_at)]));
    return userIds.map((id) => byId.get(id) ?? null);
  }

  private isHere(userId: string): boolean {
    return this.held.has(userId) || this.leaving.has(userId);
  }

  private tellSoon(): void {
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      const came = [...this.came];
      const left = [...this.left];
      this.came = new Set();
      this.left = new Set();
      if (came.length > 0) void this.tellCame(came);
      void this.tellLeft(left);
      void this.remember(left);
    }, TOGETHER);
  }

  private async tellCame(userIds: readonly string[]): Promise<void> {
    try {
      const came = await this.store.here(userIds);
      if (came.length > 0) this.bus.publish(presenceChannel, { came, left: [], at: new Date() });
    } catch (error) {
      this.complain('could not be written', error); // the next beat does it
    }
  }

  private async tellLeft(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    try {
      const left = await this.store.gone(userIds);
      if (left.length > 0) this.bus.publish(presenceChannel, { came: [], left, at: new Date() });
    } catch (error) {
      this.complain('could not be written', error); // what is not written again expires
    }
  }

  private async beat(): Promise<void> {
    if (this.beating || this.held.size === 0) return;
    this.beating = true;
    await this.tellCame([...this.held.keys()]);
    this.beating = false;
  }

  /** Waits for nobody: who is being changed by somebody else is remembered the next time. */
  private async remember(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    try {
      await this.database.statement(sql`
        update users set last_seen_at = clock_timestamp() where id in (
          select id from users where id = any(${userIds}::uuid[])
            and (last_seen_at is null or last_seen_at < now() - ${LAST_SEEN_EVERY} * interval '1 millisecond')
          for no key update skip locked
        )`);
    } catch (error) {
      this.complain('could not be remembered', error);
    }
  }

  private complain(what: string, error: unknown): void {
    this.rationed.line(what, (heldBack) => log.warn({ err: error, heldBack }, `Presence ${what}`));
  }
}
