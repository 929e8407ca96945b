// How the events of bans are read back from the log: a ban knows the places where it began and ended.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, momentOrNull } from '../database/database.js';
import { User } from '../users/user.model.js';
import type { MemberBanned, MemberUnbanned } from './ban.events.js';
import { type BanRecord, bansWithUsers } from './ban.model.js';
import { eventAt } from './room.events.js';
import { type LogEntry, RoomLog } from './room-log.js';

@Injectable()
export class BanKinds implements OnModuleInit {
  constructor(
    private readonly log: RoomLog,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.log.register<MemberBanned>('MemberBanned', {
      hydrate: (entries) =>
        this.withBan(entries, 'banned_seq', (entry, ban) => ({
          ...eventAt('MemberBanned', entry),
          user: User.from(ban),
          membershipId: ban.membership_id,
          until: momentOrNull(ban.until),
        })),
    });
    this.log.register<MemberUnbanned>('MemberUnbanned', {
      hydrate: (entries) =>
        this.withBan(entries, 'lifted_seq', (entry, ban) => ({
          ...eventAt('MemberUnbanned', entry),
          user: User.from(ban),
        })),
    });
  }

  private async withBan<Event>(
    entries: readonly LogEntry[],
    place: 'banned_seq' | 'lifted_seq',
    event: (entry: LogEntry, ban: BanRecord) => Event,
  ): Promise<Map<number, Event>> {
    const roomId = entries[0]?.roomId; // a read is of one room
    const rows = await this.database.statement(sql<BanRecord>`
      ${bansWithUsers} where b.room_id = ${roomId} and b.${sql.raw(place)} = any(${entries.map(({ seq }) => seq)}::int[])`);
    const bySeq = new Map(rows.map((row) => [row[place], row]));
    const events = new Map<number, Event>();
    for (const entry of entries) {
      const ban = bySeq.get(entry.seq);
      if (ban) events.set(entry.seq, event(entry, ban));
    }
    return events;
  }
}
