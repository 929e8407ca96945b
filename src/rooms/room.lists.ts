// Lists of rooms and members, page by page, and many at once for loaders. Reads only; access was judged by the caller.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import {
  decodeKeys,
  encodeKeys,
  isMoment,
  type PageArgs,
  type PageRequest,
  readPage,
  toConnection,
} from '../core/connection.js';
import { badInput } from '../core/errors.js';
import { isId } from '../core/ids.js';
import { searchText } from '../core/text.js';
import { Database, moment } from '../database/database.js';
import { keyset } from '../database/keyset.js';
import { isBanned } from './ban.model.js';
import type { Membership, MembershipConnection, Room, RoomConnection } from './room.model.js';
import { type MembershipRecord, membershipColumns, type RoomRecord, toMembership, toRoom } from './room.rows.js';

@Injectable()
export class RoomLists {
  constructor(private readonly database: Database) {}

  /** The rooms of a person by last activity, newest first. */
  async ofUser(userId: string, args: PageArgs): Promise<RoomConnection> {
    const page = readPage(args);
    const keys = momentKeys('viewer.rooms', page);
    const order = keyset([sql`r.active_at`, sql`r.id`], 'desc', page, keys);
    const from = sql`
      from memberships m join rooms r on r.id = m.room_id
      where m.user_id = ${userId} and m.ended_seq is null`;
    return this.database.read(async (unit) => {
      const rows = await unit.query(sql<RoomRecord>`
        select r.* ${from} and ${order.where} order by ${order.orderBy} limit ${page.limit + 1}`);
      const [other] = await unit.query(sql<{ exists: boolean }>`select exists (select ${from} and ${order.behind})`);
      return toConnection(page, rows, other?.exists ?? false, (row) => ({
        cursor: encodeKeys('viewer.rooms', [moment(row.active_at).toISOString(), row.id]),
        node: toRoom(row),
      }));
    });
  }

  /** Public rooms that are not archived, by name; without those that this person is banned from. */
  async public(userId: string, search: string | null, args: PageArgs): Promise<RoomConnection> {
    const page = readPage(args);
    const keys = decodeKeys('rooms', 2, page);
    if (keys && !isId(keys[1] ?? ''))
      throw badInput(page.cursorField, `\`${page.cursorField}\` is not a cursor of this list.`);
    const order = keyset(
      [sql`lower(r.name)`, sql`r.id`],
      'asc',
      page,
      keys && [sql`${keys[0]}`, sql`${keys[1]}::uuid`],
    );
    const text = search === null ? '' : searchText(search);
    const matching = text === '' ? sql`true` : sql`lower(r.name) like ${`%${escapeLike(text.toLowerCase())}%`}`;
    const from = sql`from rooms r where r.kind = 'PUBLIC' and r.archived_at is null and not ${isBanned(sql`r.id`, sql`${userId}::uuid`)} and ${matching}`;
    return this.database.read(async (unit) => {
      const rows = await unit.query(sql<RoomRecord & { sort_name: string }>`
        select r.*, lower(r.name) as sort_name ${from} and ${order.where} order by ${order.orderBy} limit ${page.limit + 1}`);
      const [other] = await unit.query(sql<{ exists: boolean }>`select exists (select ${from} and ${order.behind})`);
      return toConnection(page, rows, other?.exists ?? false, (row) => ({
        cursor: encodeKeys('rooms', [row.sort_name, row.id]),
        node: toRoom(row),
      }));
    });
  }

  /** Members by role, then by the time they joined. */
  async members(roomId: string, args: PageArgs): Promise<MembershipConnection> {
    const page = readPage(args);
    const keys = memberKeys(page);
    const order = keyset([sql`m.role`, sql`m.joined_at`, sql`m.id`], 'asc', page, keys);
    const current = sql`m.room_id = ${roomId} and m.ended_seq is null`;
    return this.database.read(async (unit) => {
      const rows = await unit.query(sql<MembershipRecord>`
        select ${membershipColumns} from memberships m join users u on u.id = m.user_id
        where ${current} and ${order.where} order by ${order.orderBy} limit ${page.limit + 1}`);
      const [counted] = await unit.query(sql<{ total: number; behind: boolean }>`
        select count(*)::int as total, coalesce(bool_or(${order.behind}), false) as behind from memberships m where ${current}`);
      const connection = toConnection(page, rows, counted?.behind ?? false, (row) => ({
        cursor: encodeKeys('members', [String(row.role), moment(row.joined_at).toISOString(), row.id]),
        node: toMembership(row),
      }));
      return { ...connection, totalCount: counted?.total ?? 0 };
    });
  }

  /** In the order of the ids. */
  async byIds(ids: readonly string[]): Promise<(Room | null)[]> {
    const rows = await this.database.statement(sql<RoomRecord>`select * from rooms where id = any(${ids}::uuid[])`);
    const byId = new Map(rows.map((row) => [row.id, toRoom(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** What that person is in each of these rooms, in the order of the ids. */
  async membershipsOf(userId: string, roomIds: readonly string[]): Promise<(Membership | null)[]> {
    const rows = await this.database.statement(sql<MembershipRecord>`
      select ${membershipColumns} from memberships m join users u on u.id = m.user_id
      where m.user_id = ${userId} and m.room_id = any(${roomIds}::uuid[]) and m.ended_seq is null`);
    const byRoom = new Map(rows.map((row) => [row.room_id, toMembership(row)]));
    return roomIds.map((id) => byRoom.get(id) ?? null);
  }
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

function momentKeys(list: string, page: PageRequest) {
  const keys = decodeKeys(list, 2, page);
  if (!keys) return null;
  const [at = '', id = ''] = keys;
  if (!isMoment(at) || !isId(id))
    throw badInput(page.cursorField, `\`${page.cursorField}\` is not a cursor of this list.`);
  return [sql`${at}::timestamptz`, sql`${id}::uuid`];
}

function memberKeys(page: PageRequest) {
  const keys = decodeKeys('members', 3, page);
  if (!keys) return null;
  const [role = '', at = '', id = ''] = keys;
  if (!/^[012]$/.test(role) || !isMoment(at) || !isId(id)) {
    throw badInput(page.cursorField, `\`${page.cursorField}\` is not a cursor of this list.`);
  }
  return [sql`${role}::smallint`, sql`${at}::timestamptz`, sql`${id}::uuid`];
}
