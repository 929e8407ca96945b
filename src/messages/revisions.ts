// The earlier texts of messages: kept with each edit, gone with the deletion.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, moment, type Unit } from '../database/database.js';
import type { Message } from './message.model.js';
import type { MessageRevision } from './revision.model.js';

export const REVISIONS_MAX = 50; // of one message; who edits more often than that is not mending a text

interface RevisionRecord {
  message_id: string;
  version: number;
  content: string;
  edited_at: string;
}

@Injectable()
export class Revisions {
  constructor(private readonly database: Database) {}

  /** Of each of these messages, in the order of the ids, the oldest first. */
  async ofMessages(messageIds: readonly string[]): Promise<MessageRevision[][]> {
    const rows = await this.database.statement(sql<RevisionRecord>`
      select message_id, version, content, edited_at from message_revisions
      where message_id = any(${messageIds}::uuid[]) order by message_id, version`);
    const byMessage = Map.groupBy(rows, (row) => row.message_id);
    return messageIds.map((id) =>
      (byMessage.get(id) ?? []).map(({ version, content, edited_at }) => ({
        version,
        content,
        editedAt: moment(edited_at),
      })),
    );
  }

  /** Keeps the text that a message has, before it gets another one; the oldest makes room. */
  async keep(unit: Unit, { id, version, content, createdAt, editedAt }: Message): Promise<void> {
    await unit.query(sql`
      insert into message_revisions (message_id, version, content, edited_at)
      values (${id}, ${version}, ${content}, ${(editedAt ?? createdAt).toISOString()}::timestamptz)`);
    if (version <= REVISIONS_MAX) return;
    await unit.query(sql`
      delete from message_revisions where message_id = ${id} and version <= ${version - REVISIONS_MAX}`);
  }
}
