// Sending as ONE statement: lock the room, judge, look for a repeat, take the next seq, write message and event. It
// answers what it found, and the caller says what that means.
import { sql } from 'kysely';
import type { RoomKind } from '../rooms/room.model.js';
import { raiseSeq } from '../rooms/room-log.js';
import type { MessageRecord } from './message.model.js';

export interface SendParameters {
  readonly id: string;
  readonly roomId: string;
  readonly authorId: string;
  readonly content: string;
  readonly clientMessageId: string | null;
  readonly sentHash: Buffer | null;
}

/** One row when the room exists, else none. `id` and the rest of the message are null when it was not sent now or earlier. */
export interface SendOutcome extends Omit<MessageRecord, 'id'> {
  room_kind: RoomKind;
  archived: boolean;
  member: boolean;
  id: string | null;
  /** The message was already there. */
  again: boolean;
  /** It was there with the same content. */
  same: boolean;
}

/**
 * READ COMMITTED re-checks only rows that a statement locks, against the state after the wait. So the room's lock comes
 * first, and the membership is read from it and locked too: a check beside the lock would let through sends that come
 * after the sender's own removal. Two identical sends at the same moment: the second waits, does not see the first one's
 * row in its snapshot, and fails on the unique key; its seq is rolled back with it, and it runs once more.
 * `on conflict do nothing` would leave a hole instead.
 */
export const sendMessage = (p: SendParameters) => sql<SendOutcome>`
  with room as materialized (
    select id, kind, archived_at from rooms where id = ${p.roomId}::uuid for no key update
  ), member as materialized (
    select m.id from room join memberships m on m.room_id = room.id
    where m.user_id = ${p.authorId}::uuid and m.ended_seq is null for share of m
  ), earlier as materialized (
    select e.* from member cross join room join messages e on e.room_id = room.id
    where e.author_id = ${p.authorId}::uuid and e.client_message_id = ${p.clientMessageId}::text
  ), raised as (
    ${raiseSeq(
      sql`r.id = room.id and room.archived_at is null and not exists (select from earlier)`,
      sql`from room cross join member`,
    )}
  ), sent as (
    insert into messages (id, room_id, seq, author_id, content, created_at, version, client_message_id, sent_hash)
    select ${p.id}::uuid, id, seq, ${p.authorId}::uuid, ${p.content}::text, at, 1, ${p.clientMessageId}::text, ${p.sentHash}::bytea
    from raised returning *
  ), logged as (
    insert into room_events (room_id, seq, kind, actor_id, message_id, at)
    select room_id, seq, 'MessageSent', author_id, id, created_at from sent
  ), found as (
    select * from sent union all select * from earlier
  )
  select room.kind as room_kind, room.archived_at is not null as archived, exists (select from member) as member,
    exists (select from earlier) as again, coalesce(found.sent_hash = ${p.sentHash}::bytea, false) as same,
    found.id, room.id as room_id, found.seq, found.content, found.created_at, found.edited_at, found.deleted_at,
    found.version, found.client_message_id,
    u.id as user_id, u.username as user_username, u.display_name as user_display_name, u.created_at as user_created_at
  from room join users u on u.id = ${p.authorId}::uuid left join found on true`;
