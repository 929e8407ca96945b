// How the events of rooms and memberships are read back from the log.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import { withoutName } from './nameless.js';
import {
  eventAt,
  type MemberJoined,
  type MemberLeft,
  type MemberRoleChanged,
  type RoomUpdated,
} from './room.events.js';
import { RoomLists } from './room.lists.js';
import type { Membership } from './room.model.js';
import { type MembershipRecord, membershipColumns, toMembership } from './room.rows.js';
import { type LogEntry, RoomLog } from './room-log.js';

@Injectable()
export class RoomKinds implements OnModuleInit {
  constructor(
    private readonly log: RoomLog,
    private readonly database: Database,
    private readonly lists: RoomLists,
  ) {}

  onModuleInit(): void {
    this.log.register<MemberJoined>('MemberJoined', {
      hydrate: (entries) =>
        this.withMembership(entries, (entry, membership) => ({ ...eventAt('MemberJoined', entry), membership })),
    });
    this.log.register<MemberRoleChanged>('MemberRoleChanged', {
      hydrate: (entries) =>
        this.withMembership(entries, (entry, membership) => ({ ...eventAt('MemberRoleChanged', entry), membership })),
    });
    this.log.register<MemberLeft>('MemberLeft', {
      hydrate: (entries) =>
        this.withMembership(entries, (entry, { id, user }) => ({
          ...eventAt('MemberLeft', entry),
          user,
          membershipId: id,
          removed: entry.actor?.id !== user.id,
        })),
      revise: withoutName,
    });
    this.log.register<RoomUpdated>('RoomUpdated', { hydrate: (entries) => this.withRoom(entries) });
  }

  private async withMembership<Event>(
    entries: readonly LogEntry[],
    event: (entry: LogEntry, membership: Membership) => Event,
  ): Promise<Map<number, Event>> {
    const ids = entries.map((entry) => entry.membershipId);
    const rows = await this.database.statement(sql<MembershipRecord>`
      select ${membershipColumns} from memberships m join users u on u.id = m.user_id where m.id = any(${ids}::uuid[])`);
    const byId = new Map(rows.map((row) => [row.id, toMembership(row)]));
    const events = new Map<number, Event>();
    for (const entry of entries) {
      const membership = byId.get(entry.membershipId ?? '');
      if (membership) events.set(entry.seq, event(entry, membership));
    }
    return events;
  }

  private async withRoom(entries: readonly LogEntry[]): Promise<Map<number, RoomUpdated>> {
    const [room] = await this.lists.byIds(entries.slice(0, 1).map((entry) => entry.roomId)); // a read is of one room
    if (!room) return new Map();
    return new Map(entries.map((entry) => [entry.seq, { ...eventAt('RoomUpdated', entry), room }]));
  }
}
