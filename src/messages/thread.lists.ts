// How long threads are, for many at once. Counted whenever it is asked, so that no count can ever be wrong.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, momentOrNull } from '../database/database.js';

export interface ThreadCount {
  readonly replyCount: number;
  readonly lastReplyAt: Date | null;
}

const NO_REPLIES: ThreadCount = { replyCount: 0, lastReplyAt: null };

@Injectable()
export class ThreadLists {
  constructor(private readonly database: Database) {}

  /** Of the threads that these messages begin, in the order of the ids. Deleted replies do not count. */
  async counts(messageIds: readonly string[]): Promise<ThreadCount[]> {
    const rows = await this.database.statement(sql<{ parent_id: string; replies: number; last_at: string }>`
      select parent_id, count(*)::int as replies, max(created_at) as last_at from messages
      where parent_id = any(${[...new Set(messageIds)]}::uuid[]) and deleted_at is null group by parent_id`);
    const byParent = new Map(
      rows.map(({ parent_id, replies, last_at }) => [
        parent_id,
        { replyCount: replies, lastReplyAt: momentOrNull(last_at) },
      ]),
    );
    return messageIds.map((id) => byParent.get(id) ?? NO_REPLIES);
  }
}
