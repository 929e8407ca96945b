// Messages from the database: pages by seq, and many at once. Reads only; access was judged by the caller.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type PageArgs, readPage, toConnection } from '../core/connection.js';
import { cursorAboveHead, decodeCursor, encodeCursor } from '../core/cursor.js';
import { Database } from '../database/database.js';
import type { Room } from '../rooms/room.model.js';
import { userColumns } from '../users/user.model.js';
import { type Message, type MessageConnection, type MessageRecord, toMessage } from './message.model.js';

/** `m` is the message, `u` its author. */
export const messageColumns = sql`
  m.id, m.room_id, m.seq, m.content, m.created_at, m.edited_at, m.deleted_at, m.pinned_at, m.parent_id, m.version,
  m.client_message_id, ${userColumns('u')}`;

@Injectable()
export class MessageLists {
  constructor(private readonly database: Database) {}

  /**
   * A page of the room as it stood at `room.headSeq`, which was read before: what came since is left to the stream, so
   * that page and stream neither overlap nor leave a gap. Without arguments the newest. Of the main line, or of the thread
   * that this message begins.
   */
  async page(room: Room, threadOf: string | null, args: PageArgs): Promise<MessageConnection> {
    const page = readPage(args, 'last');
    const seq = page.cursor === null ? null : decodeCursor(page.cursor, room.id, page.cursorField);
    if (seq !== null && seq > room.headSeq) throw cursorAboveHead(page.cursorField);
    // A cursor stands right after its seq: a page before it ends with the row before the one the cursor belongs to.
    const inside = seq === null ? sql`true` : page.backward ? sql`m.seq < ${seq}` : sql`m.seq > ${seq}`;
    const outside = page.backward ? sql`m.seq >= ${seq} and m.seq <= ${room.headSeq}` : sql`m.seq <= ${seq}`;
    const line = threadOf === null ? sql`m.parent_id is null` : sql`m.parent_id = ${threadOf}::uuid`;
    const among = sql`m.room_id = ${room.id} and ${line}`;
    const direction = sql.raw(page.backward ? 'desc' : 'asc');
    // Not `exists`: for that the planner likes to read the table until it meets one, and that may be late.
    const other =
      seq === null ? sql`null` : sql`select m.seq from messages m where ${among} and ${outside} order by m.seq limit 1`;
    const found = await this.database.statement(sql<MessageRecord & { has_other: boolean }>`
      select other.seq is not null as has_other, page.* from (select (${other})) as other (seq)
      left join (
        select ${messageColumns} from messages m join users u on u.id = m.author_id
        where ${among} and m.seq <= ${room.headSeq} and ${inside} order by m.seq ${direction} limit ${page.limit + 1}
      ) page on true order by page.seq ${direction}`);
    const rows = found.filter(({ id }) => id !== null); // of an empty page there is one row without a message
    const connection = toConnection(page, rows, found[0]?.has_other ?? false, (row) => {
      const node = toMessage(row);
      return { cursor: node.cursor, node };
    });
    return { ...connection, streamCursor: encodeCursor(room.id, room.headSeq) };
  }

  /** In the order of the ids. */
  async byIds(ids: readonly string[]): Promise<(Message | null)[]> {
    const rows = await this.database.statement(sql<MessageRecord>`
      select ${messageColumns} from messages m join users u on u.id = m.author_id where m.id = any(${ids}::uuid[])`);
    const byId = new Map(rows.map((row) => [row.id, toMessage(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  /** The pinned messages of each of these rooms, the newest pin first, in the order of the ids. */
  async pinnedIn(roomIds: readonly string[]): Promise<Message[][]> {
    const rows = await this.database.statement(sql<MessageRecord>`
      select ${messageColumns} from messages m join users u on u.id = m.author_id
      where m.room_id = any(${[...new Set(roomIds)]}::uuid[]) and m.pinned_at is not null
      order by m.pinned_at desc, m.seq desc`);
    const byRoom = Map.groupBy(rows, (row) => row.room_id);
    return roomIds.map((id) => (byRoom.get(id) ?? []).map(toMessage));
  }

  /** The newest message in the main line of each of these rooms as it stood at its `headSeq`, in the order of the rooms. */
  async lastOf(rooms: readonly Pick<Room, 'id' | 'headSeq'>[]): Promise<(Message | null)[]> {
    const rows = await this.database.statement(sql<MessageRecord>`
      select ${messageColumns}
      from unnest(${rooms.map(({ id }) => id)}::uuid[], ${rooms.map(({ headSeq }) => headSeq)}::int[]) as wanted (room_id, head)
      cross join lateral (
        select * from messages where room_id = wanted.room_id and parent_id is null and seq <= wanted.head
        order by seq desc limit 1
      ) m
      join users u on u.id = m.author_id`);
    const byRoom = new Map(rows.map((row) => [row.room_id, toMessage(row)]));
    return rooms.map(({ id }) => byRoom.get(id) ?? null);
  }
}
