// Reactions from the database, for many messages at once. Reads only; access was judged by the caller.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database.js';
import type { Message } from './message.model.js';
import type { ReactionGroup } from './reaction.model.js';

@Injectable()
export class ReactionLists {
  constructor(private readonly database: Database) {}

  /** In the order of the ids; of each message the emoji that was used first comes first. */
  async ofMessages(messageIds: readonly string[]): Promise<ReactionGroup[][]> {
    const rows = await this.database.statement(sql<{ message_id: string; emoji: string; count: number }>`
      select message_id, emoji, count(*)::int as count from message_reactions
      where message_id = any(${[...new Set(messageIds)]}::uuid[]) group by message_id, emoji order by min(seq)`);
    const byMessage = Map.groupBy(rows, (row) => row.message_id);
    return messageIds.map((messageId) =>
      (byMessage.get(messageId) ?? []).map(({ emoji, count }) => ({ messageId, emoji, count })),
    );
  }

  /** What that person has reacted with to each of these messages, in the order of the ids. */
  async ofUser(userId: string, messageIds: readonly string[]): Promise<string[][]> {
    const rows = await this.database.statement(sql<{ message_id: string; emoji: string }>`
      select message_id, emoji from message_reactions
      where message_id = any(${[...new Set(messageIds)]}::uuid[]) and user_id = ${userId}`);
    const byMessage = Map.groupBy(rows, (row) => row.message_id);
    return messageIds.map((messageId) => (byMessage.get(messageId) ?? []).map(({ emoji }) => emoji));
  }

  /** The messages with their reactions: what travels with an event, so that nobody who hears it has to ask. */
  async attach(messages: readonly Message[]): Promise<Message[]> {
    const reactions = await this.ofMessages(messages.map(({ id }) => id));
    return messages.map((message, at) => ({ ...message, reactions: reactions[at] ?? [] }));
  }
}
