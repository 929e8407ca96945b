// A page of history around a place: a message, a moment, or where reading stopped.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { PAGE_MAX } from '../core/connection.js';
import { encodeCursor } from '../core/cursor.js';
import { badInput, ChatError, ErrorCode } from '../core/errors.js';
import { isId } from '../core/ids.js';
import type { Viewer } from '../core/viewer.js';
import { Database } from '../database/database.js';
import type { Room } from '../rooms/room.model.js';
import { RoomAccess } from '../rooms/room-access.js';
import { MessageLists } from './message.lists.js';
import type { MessageConnection } from './message.model.js';
import type { MessageAnchor } from './message-anchor.inputs.js';
import { ReadStates } from './read-states.service.js';

interface Place {
  id: string;
}

@Injectable()
export class MessagesAround {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly lists: MessageLists,
    private readonly reads: ReadStates,
  ) {}

  async page(viewer: Viewer, roomId: string, anchor: MessageAnchor, before: number, after: number) {
    for (const [field, count] of Object.entries({ countBefore: before, countAfter: after }))
      if (count < 0) throw badInput(field, `\`${field}\` must be 0 or more.`, 0);
    if (before + after < 1 || before + after > PAGE_MAX) {
      throw badInput('countAfter', `\`countBefore\` and \`countAfter\` together must be 1 to ${PAGE_MAX}.`, PAGE_MAX);
    }
    // The head is read before the rows: subscribing after it can repeat, but never miss.
    const { room } = await this.access.reader(viewer, roomId);
    return this.around(room, await this.seqOf(viewer, room, anchor), before, after);
  }

  /** The seq that the second half of the page begins with; the first half ends before it. */
  private async seqOf(viewer: Viewer, room: Room, { messageId, at, firstUnread }: MessageAnchor): Promise<number> {
    if (messageId != null) return this.seqOfMessage(room, messageId);
    if (at != null) return this.seqAt(room, at);
    if (!firstUnread) throw badInput('anchor.firstUnread', '`firstUnread` can only be true: leave it out otherwise.');
    const upTo = await this.reads.readUpTo(viewer, room.id);
    return upTo === null ? room.headSeq + 1 : upTo + 1;
  }

  private async seqOfMessage(room: Room, messageId: string): Promise<number> {
    const [row] = isId(messageId)
      ? await this.database.statement(sql<{ seq: number }>`
          select seq from messages where id = ${messageId} and room_id = ${room.id} and seq <= ${room.headSeq}`)
      : [];
    if (row) return row.seq;
    throw new ChatError(ErrorCode.NOT_FOUND, 'There is no such message in this room.', { field: 'anchor.messageId' });
  }

  /**
   * Messages of a room are as old as their seq is low: halves what is left, some twenty steps in the index by seq, and no
   * other index is needed.
   */
  private async seqAt(room: Room, at: Date): Promise<number> {
    const [row] = await this.database.statement(sql<{ seq: number }>`
      with recursive search (low, high) as (
        select 1, ${room.headSeq}::int + 1
        union all
        select
          case when probe.seq is not null and probe.created_at < ${at.toISOString()}::timestamptz then probe.seq + 1 else low end,
          case when probe.seq is not null and probe.created_at < ${at.toISOString()}::timestamptz then high else middle.seq end
        from search
        cross join lateral (select low + (high - low) / 2 as seq) middle
        left join lateral (
          select m.seq, m.created_at from messages m
          where m.room_id = ${room.id} and m.parent_id is null and m.seq >= middle.seq and m.seq < high order by m.seq limit 1
        ) probe on true
        where low < high
      )
      select low as seq from search where low >= high`);
    return row?.seq ?? room.headSeq + 1;
  }

  private async around(room: Room, seq: number, before: number, after: number): Promise<MessageConnection> {
    const inRoom = sql`m.room_id = ${room.id} and m.parent_id is null and m.seq <= ${room.headSeq}`;
    const earlier = await this.database.statement(sql<Place>`
      select m.id from messages m where ${inRoom} and m.seq < ${seq} order by m.seq desc limit ${before + 1}`);
    const later = await this.database.statement(sql<Place>`
      select m.id from messages m where ${inRoom} and m.seq >= ${seq} order by m.seq limit ${after + 1}`);
    const wanted = [...earlier.slice(0, before).reverse(), ...later.slice(0, after)];
    const nodes = (await this.lists.byIds(wanted.map(({ id }) => id))).filter((node) => node !== null);
    return {
      edges: nodes.map((node) => ({ cursor: node.cursor, node })),
      nodes,
      pageInfo: {
        hasPreviousPage: earlier.length > before,
        hasNextPage: later.length > after,
        startCursor: nodes[0]?.cursor ?? null,
        endCursor: nodes.at(-1)?.cursor ?? null,
      },
      streamCursor: encodeCursor(room.id, room.headSeq),
    };
  }
}
