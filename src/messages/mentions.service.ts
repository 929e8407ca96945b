// Mentions: who is addressed in a message. Only members of the room are: a name in a private room tells nobody outside.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type Unit } from '../database/database.js';
import type { PersonalItem } from '../rooms/viewer.events.js';
import { ViewerStreams } from '../rooms/viewer-streams.service.js';
import { type JoinedUser, User, userColumns } from '../users/user.model.js';
import { namesIn } from './mention-names.js';
import type { Mentioned, MessageEdited, MessageSent } from './message.events.js';
import type { Message } from './message.model.js';

@Injectable()
export class Mentions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly viewerStreams: ViewerStreams,
  ) {}

  onModuleInit(): void {
    this.viewerStreams.register('MessageSent', (event) => personalItem(event as MessageSent));
    this.viewerStreams.register('MessageEdited', (event) => personalItem(event as MessageEdited));
  }

  /** As its words are now, in the unit that changes them and under the room's lock. Answers who was not mentioned before. */
  async rewrite(unit: Unit, { id, roomId, seq, content }: Message): Promise<string[]> {
    const names = content === null ? [] : namesIn(content);
    const rows = await unit.query(sql<{ user_id: string }>`
      with wanted as materialized (
        select u.id from users u join memberships m on m.room_id = ${roomId}::uuid and m.user_id = u.id and m.ended_seq is null
        where u.username = any(${names}::text[])
      ), gone as (
        delete from message_mentions where message_id = ${id}::uuid and user_id not in (select id from wanted)
      )
      insert into message_mentions (message_id, user_id, room_id, seq)
      select ${id}::uuid, id, ${roomId}::uuid, ${seq}::int from wanted
      on conflict do nothing returning user_id`);
    return rows.map((row) => row.user_id);
  }

  /** Who is mentioned in each of these messages, by name, in the order of the ids. */
  async of(messageIds: readonly string[]): Promise<User[][]> {
    const rows = await this.database.statement(sql<JoinedUser & { message_id: string }>`
      select x.message_id, ${userColumns('u')} from message_mentions x join users u on u.id = x.user_id
      where x.message_id = any(${messageIds}::uuid[]) order by u.username`);
    const byMessage = Map.groupBy(rows, (row) => row.message_id);
    return messageIds.map((id) => byMessage.get(id)?.map(User.from) ?? []);
  }
}

/** Nobody is told that they have mentioned themselves. */
function personalItem({ message, mentions, at }: MessageSent | MessageEdited): PersonalItem | null {
  const userIds = mentions?.filter((id) => id !== message.author.id) ?? [];
  if (userIds.length === 0) return null;
  const item = { __typename: 'Mentioned', at, messageId: message.id } as Mentioned;
  return { userIds, key: `mention ${message.id}`, item };
}
