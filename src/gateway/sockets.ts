// Who is connected to this process, by session and by address; and how sockets end when their session does.
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { AccessKeysService } from '../auth/access-keys.service.js';
import { sessionsChannel } from '../auth/session.model.js';
import { SessionsService } from '../auth/sessions.service.js';
import { type BusSubscription, EventBus } from '../bus/event-bus.js';
import { Settings } from '../config/config.js';
import { log, Rationed } from '../core/logging.js';
import { Metrics } from '../core/metrics.js';
import type { Viewer } from '../core/viewer.js';
import { Presence } from '../presence/presence.service.js';
import { StreamEndReason } from '../rooms/room.events.js';
import { CLOSING } from './close-codes.js';
import type { Connection } from './connection.js';

const SWEEP = 2_000; // ms between two looks at every socket; with ten thousand of them a look takes some milliseconds
const EXPIRY_CHECK = 1_000; // ms; how exactly an expired session ends

@Injectable()
export class Sockets implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly all = new Set<Connection>();
  private readonly bySession = new Map<string, Set<Connection>>();
  private readonly byAddress = new Map<string, number>();
  private readonly expiries = new Map<string, number>();
  private readonly rationed = new Rationed();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly sentAway: Counter;
  private hearing: BusSubscription | undefined;

  constructor(
    private readonly sessions: SessionsService,
    private readonly keys: AccessKeysService,
    private readonly bus: EventBus,
    private readonly presence: Presence,
    private readonly settings: Settings,
    metrics: Metrics,
  ) {
    this.sentAway = metrics.counter('slow_readers_total', 'Sockets that were closed because they did not keep up.');
    metrics.gauge('sockets', 'Sockets that are open on this process.', () => this.all.size);
  }

  onApplicationBootstrap(): void {
    this.hearing = this.bus.subscribe(sessionsChannel, ({ sessionIds }) => this.endSessions(sessionIds));
    this.timers.push(
      setInterval(() => this.sweep(), SWEEP),
      setInterval(() => void this.recheck(this.expired()), EXPIRY_CHECK),
      setInterval(() => void this.recheck([...this.bySession.keys()]), this.settings.sessionRecheck),
    );
  }

  onApplicationShutdown(): void {
    this.hearing?.close();
    for (const timer of this.timers) clearInterval(timer);
    for (const connection of this.all) connection.socket.terminate();
  }

  /** False when its address holds too many already. */
  add(connection: Connection): boolean {
    const held = this.byAddress.get(connection.address) ?? 0;
    this.all.add(connection);
    this.byAddress.set(connection.address, held + 1);
    return held < this.settings.maxSocketsPerAddress;
  }

  /** The socket has proved whose it is. False when that session holds too many already. */
  admit(connection: Connection, viewer: Viewer): boolean {
    connection.viewer = viewer;
    const { sessionId } = viewer;
    const held = this.bySession.get(sessionId) ?? new Set();
    this.bySession.set(sessionId, held.add(connection));
    this.expiries.set(sessionId, viewer.expiresAt.getTime());
    this.presence.connected(viewer);
    return held.size <= this.settings.maxSocketsPerSession;
  }

  remove(connection: Connection): void {
    if (!this.all.delete(connection)) return;
    const left = (this.byAddress.get(connection.address) ?? 1) - 1;
    if (left > 0) this.byAddress.set(connection.address, left);
    else this.byAddress.delete(connection.address);
    if (connection.viewer) this.presence.gone(connection.viewer);
    const sessionId = connection.viewer?.sessionId;
    const held = sessionId === undefined ? undefined : this.bySession.get(sessionId);
    if (sessionId === undefined || !held) return;
    held.delete(connection);
    if (held.size > 0) return;
    this.bySession.delete(sessionId);
    this.expiries.delete(sessionId);
  }

  get connections(): readonly Connection[] {
    return [...this.all];
  }

  private endSessions(
    sessionIds: readonly string[],
    closing = CLOSING.sessionEnded as typeof CLOSING.sessionEnded | typeof CLOSING.sessionExpired,
  ): void {
    for (const sessionId of sessionIds) {
      for (const connection of this.bySession.get(sessionId) ?? []) {
        void connection.endAll(StreamEndReason.SESSION_ENDED, closing);
      }
    }
  }

  private expired(): string[] {
    const now = Date.now();
    return [...this.expiries].filter(([, expiresAt]) => expiresAt <= now).map(([sessionId]) => sessionId);
  }

  /** Asks the database about these sessions: those used elsewhere live longer, those that are gone end here too. */
  private async recheck(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    try {
      const standing = await this.standing(sessionIds);
      for (const sessionId of sessionIds) {
        const expiresAt = standing.get(sessionId);
        if (expiresAt) {
          if (this.bySession.has(sessionId)) this.expiries.set(sessionId, expiresAt.getTime());
          continue;
        }
        const ranOut = (this.expiries.get(sessionId) ?? 0) <= Date.now();
        this.endSessions([sessionId], ranOut ? CLOSING.sessionExpired : CLOSING.sessionEnded);
      }
    } catch (error) {
      this.rationed.line('recheck', (heldBack) =>
        log.warn({ err: error, heldBack }, 'Sessions of open sockets could not be looked up'),
      );
    }
  }

  private async standing(ids: readonly string[]): Promise<Map<string, Date>> {
    const sessions = await this.sessions.standing(ids);
    const others = ids.filter((id) => !sessions.has(id));
    return others.length === 0 ? sessions : new Map([...sessions, ...(await this.keys.standing(others))]);
  }

  private sweep(): void {
    const now = performance.now();
    for (const connection of this.all) {
      const slow = connection.sweep(now, this.settings.keepAlive, this.settings.slowAfter);
      if (!slow) continue;
      this.sentAway.inc();
      void connection.endAll(StreamEndReason.SLOW_CONSUMER, CLOSING.slow);
    }
  }
}
