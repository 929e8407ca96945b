// Bans: who may not come into a room, until when. Every change is judged and written under the room's lock.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { decodeKeys, encodeKeys, readPage, toConnection } from '../core/connection.js';
import { badInput, ChatError, ErrorCode } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database, moment, momentOrNull, type Unit } from '../database/database.js';
import { keyset } from '../database/keyset.js';
import { User } from '../users/user.model.js';
import { UsersService } from '../users/users.service.js';
import type { MemberBanned, MemberUnbanned } from './ban.events.js';
import { type Ban, type BanConnection, type BanInput, type BanRecord, banStands, bansWithUsers } from './ban.model.js';
import { MembersService } from './members.service.js';
import { eventAt } from './room.events.js';
import type { Room } from './room.model.js';
import { RoomAccess } from './room-access.js';
import { RoomLog } from './room-log.js';

@Injectable()
export class BansService {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly log: RoomLog,
    private readonly members: MembersService,
    private readonly users: UsersService,
  ) {}

  async ban(viewer: Viewer, input: BanInput): Promise<Ban> {
    const until = input.until ?? null;
    const reason = text.banReason(input.reason ?? '');
    if (input.userId === viewer.userId) throw badInput('userId', 'You cannot ban yourself.');
    if (until && until.getTime() <= Date.now()) throw badInput('until', '`until` must be in the future.');
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, input.roomId);
      standing.requireNotDirect().requireModerator().requireOpen();
      const [user] = await this.users.byIds([input.userId]);
      if (!user) throw new ChatError(ErrorCode.NOT_FOUND, 'There is no such person.', { field: 'userId' });
      const membership = await this.members.current(unit, input.roomId, user.id);
      if (membership) await this.members.requireRemovable(unit, standing, membership);
      const earlier = await this.standing(unit, input.roomId, user.id);
      if (earlier && earlier.reason === reason && momentOrNull(earlier.until)?.getTime() === until?.getTime())
        return this.toBan(earlier); // as it is already
      const by = await this.users.byId(viewer.userId);
      const membershipId = membership?.id ?? null;
      const entry = { roomId: input.roomId, kind: 'MemberBanned', actor: by } as const;
      const banned = await this.log.append<MemberBanned>(unit, entry, (place) => ({
        ...eventAt('MemberBanned', place),
        user,
        membershipId,
        until,
      }));
      if (membership)
        await unit.query(sql`update memberships set ended_seq = ${banned.seq} where id = ${membership.id}`);
      // Also one that is over: whatever was said of them before, this is what counts.
      await unit.query(sql`
        update bans set lifted_seq = ${banned.seq}
        where room_id = ${input.roomId} and user_id = ${user.id} and lifted_seq is null`);
      const ban = { id: newId(), user, by, reason, until, createdAt: banned.at };
      await unit.query(sql`
        insert into bans (id, room_id, user_id, by_id, membership_id, reason, until, created_at, banned_seq)
        values (${ban.id}, ${input.roomId}, ${user.id}, ${by.id}, ${membershipId}, ${reason},
          ${until?.toISOString() ?? null}::timestamptz, ${banned.at.toISOString()}::timestamptz, ${banned.seq})`);
      return ban;
    });
  }

  async unban(viewer: Viewer, roomId: string, userId: string): Promise<Room> {
    return this.database.write(async (unit) => {
      const { room } = (await this.access.locked(unit, viewer, roomId))
        .requireNotDirect()
        .requireModerator()
        .requireOpen();
      const ban = isId(userId) ? await this.standing(unit, roomId, userId) : null;
      if (!ban) return room; // lifted or over already: as if done
      const entry = { roomId, kind: 'MemberUnbanned', actor: await this.users.byId(viewer.userId) } as const;
      const lifted = await this.log.append<MemberUnbanned>(unit, entry, (place) => ({
        ...eventAt('MemberUnbanned', place),
        user: User.from(ban),
      }));
      await unit.query(sql`update bans set lifted_seq = ${lifted.seq} where id = ${ban.id}`);
      return { ...room, headSeq: lifted.seq };
    });
  }

  async ofRoom(
    viewer: Viewer,
    roomId: string,
    args: { first: number | null; after: string | null },
  ): Promise<BanConnection> {
    (await this.access.reader(viewer, roomId)).requireModerator();
    const page = readPage(args);
    const seq = decodeKeys('bans', 1, page)?.[0] ?? null;
    if (seq !== null && !/^\d{1,9}$/.test(seq)) throw badInput('after', '`after` is not a cursor of this list.');
    const order = keyset([sql`b.banned_seq`], 'desc', page, seq === null ? null : [sql`${seq}::int`]);
    return this.database.read(async (unit) => {
      const rows = await unit.query(sql<BanRecord>`
        ${bansWithUsers} where b.room_id = ${roomId} and ${banStands} and ${order.where}
        order by ${order.orderBy} limit ${page.limit + 1}`);
      const [other] = await unit.query(sql<{ exists: boolean }>`
        select exists (select from bans b where b.room_id = ${roomId} and ${banStands} and ${order.behind})`);
      const moderators = await this.users.whoever(rows.map((row) => row.by_id));
      return toConnection(page, rows, other?.exists ?? false, (row) => ({
        cursor: encodeKeys('bans', [String(row.banned_seq)]),
        node: toBan(row, moderators),
      }));
    });
  }

  private async standing(unit: Unit, roomId: string, userId: string): Promise<BanRecord | null> {
    const [row] = await unit.query(sql<BanRecord>`
      ${bansWithUsers} where b.room_id = ${roomId} and b.user_id = ${userId} and ${banStands}`);
    return row ?? null;
  }

  private async toBan(row: BanRecord): Promise<Ban> {
    return toBan(row, await this.users.whoever([row.by_id]));
  }
}

function toBan(row: BanRecord, moderators: ReadonlyMap<string, User>): Ban {
  const by = moderators.get(row.by_id);
  if (!by) throw new Error(`Whoever made the ban ${row.id} is gone`);
  const { id, reason } = row;
  return { id, user: User.from(row), by, reason, until: momentOrNull(row.until), createdAt: moment(row.created_at) };
}
