// Sending as ONE statement, for one message or for hundreds: lock the rooms, judge, look for repeats, take the next seqs,
// write messages and events. It answers what it found, and `send-outcome.ts` says what that means.
import { sql } from 'kysely';
import { plannedOnce } from '../database/planned-once.js';
import { isBanned } from '../rooms/ban.model.js';
import { raiseSeq } from '../rooms/room-log.js';
import { isSilenced } from '../rooms/silence.sql.js';
import { userColumns } from '../users/user.model.js';
import { namesIn } from './mention-names.js';
import type { SendOutcome } from './send-outcome.js';

/** At once. Twice as many gain a few per cent more and hold the rooms twice as long. */
export const MAX_SENDS = 256;

/** What is sent. A new field is named here, in `SENDS` and where the statement inserts it. */
export interface Send {
  readonly id: string;
  readonly roomId: string;
  readonly authorId: string;
  readonly content: string;
  readonly clientMessageId: string | null;
  /** A message of the same room. A reply to a reply joins its thread. */
  readonly parentId: string | null;
}

/** How a `Send`, as JSON, becomes a row. */
const SENDS = sql.raw(
  `"id" uuid, "roomId" uuid, "authorId" uuid, "content" text, "clientMessageId" text, "parentId" uuid, "mentions" json`,
);

const toRow = (send: Send) => ({ ...send, mentions: namesIn(send.content) });

/**
 * One row for each send whose room was locked. No two of them may be repeats of each other.
 *
 * READ COMMITTED re-checks only rows that a statement locks, against the state after the wait. So a room's lock comes
 * first, and the membership is read from it and locked too: a check beside the lock would let through sends that come
 * after the sender's own removal. `lateral` holds the planner to that order, and to the index. Several rooms are locked in
 * the order of their ids, as every writer does. With `skipLocked` nobody is waited for: of a room that somebody
 * else has locked there are no rows, as of one that does not exist.
 *
 * Two identical sends at the same moment from two processes: the second waits, does not see the first one's row in its
 * snapshot, and fails on the unique key; all seqs are rolled back with it, and the statement runs once more.
 * `on conflict do nothing` would leave a hole instead.
 */
export const sendMessages = (sends: readonly Send[], { skipLocked }: { skipLocked: boolean }) => {
  const rows = sends.map(toRow);
  const mentioning = rows.some(({ mentions }) => mentions.length > 0);
  return statement(rows, skipLocked, mentioning ? MENTIONING : SILENT);
};

/** For the planner: one alone is planned for one, and all others for as many as may be. Nothing else depends on values. */
const ONE = sql.raw('1');
const MANY = sql.raw(String(MAX_SENDS));

/** Most flights mention nobody, and need not look. */
const SILENT = { step: sql``, ids: sql`'[]'::json` };

/**
 * A name is somebody's who is a member once the room is locked: judged like the sender. Who has left before it is sent
 * is not mentioned in it.
 */
const MENTIONING = {
  step: sql`, named as (
    insert into message_mentions (message_id, user_id, room_id, seq)
    select sent.id, who.user_id, sent.room_id, sent.seq
    from sent join sends s on s.id = sent.id
    cross join lateral json_array_elements_text(s.mentions) name
    cross join lateral (select id from users where username = name limit 1) u
    cross join lateral (
      select user_id from memberships where room_id = sent.room_id and user_id = u.id and ended_seq is null for share
    ) who
    returning message_id, user_id
  )`,
  ids: sql`(select coalesce(json_agg(user_id), '[]') from named where message_id = s.id)`,
};

const statement = (
  sends: readonly Send[],
  skipLocked: boolean,
  mentions: typeof SILENT,
) => sql<SendOutcome>`${plannedOnce}
  with sends as materialized (
    select s.*, case when s.client_message_id is not null then sha256(convert_to(s.content, 'UTF8')) end as sent_hash
    from rows from (json_to_recordset(${JSON.stringify(sends)}::text::json) as (${SENDS}))
      with ordinality as s (id, room_id, author_id, content, client_message_id, parent_id, mentions, place)
    limit ${sends.length === 1 ? ONE : MANY}
  ), locked as materialized (
    select id, kind, archived_at from rooms where id = any(array(select distinct room_id from sends))
    order by id for no key update ${sql.raw(skipLocked ? 'skip locked' : '')}
  ), members as materialized (
    select m.room_id, m.user_id,
      case when locked.kind = 'DIRECT' then ${isSilenced(sql`m.room_id`, sql`m.user_id`)} else false end as silenced
    from (select distinct room_id, author_id from sends) who join locked on locked.id = who.room_id
    cross join lateral (
      select room_id, user_id from memberships
      where room_id = locked.id and user_id = who.author_id and ended_seq is null for share
    ) m
  ), earlier as materialized (
    select s.id as send_id, e.*
    from sends s join members m on m.room_id = s.room_id and m.user_id = s.author_id
    cross join lateral (
      select * from messages
      where room_id = s.room_id and author_id = s.author_id and client_message_id = s.client_message_id limit 1
    ) e
    where s.client_message_id is not null
  ), threads as materialized (
    select s.id as send_id, coalesce(p.parent_id, p.id) as first_id from sends s
    cross join lateral (select id, parent_id from messages where id = s.parent_id and room_id = s.room_id) p
    where s.parent_id is not null
  ), fresh as materialized (
    select s.*, t.first_id, row_number() over (partition by s.room_id order by s.place)::int as step,
      count(*) over (partition by s.room_id)::int as steps
    from sends s join locked on locked.id = s.room_id join members m on m.room_id = s.room_id and m.user_id = s.author_id
    left join threads t on t.send_id = s.id
    where locked.archived_at is null and not m.silenced and not exists (select from earlier where send_id = s.id)
      and (s.parent_id is null or t.first_id is not null)
  ), raised as (
    ${raiseSeq(sql`r.id = last.room_id and last.step = last.steps`, sql`from fresh last`, sql`last.steps`)}
  ), sent as (
    insert into messages
      (id, room_id, seq, author_id, content, created_at, version, client_message_id, sent_hash, parent_id)
    select f.id, f.room_id, r.seq - f.steps + f.step, f.author_id, f.content, r.at, 1, f.client_message_id, f.sent_hash,
      f.first_id
    from fresh f join raised r on r.id = f.room_id returning *
  ), logged as (
    insert into room_events (room_id, seq, kind, actor_id, message_id, at)
    select room_id, seq, 'MessageSent', author_id, id, created_at from sent
  )${mentions.step}, found as (
    select id as send_id, sent.* from sent union all select * from earlier
  )
  select s.id as send_id, locked.kind as room_kind, locked.archived_at is not null as archived,
    m.user_id is not null as member, coalesce(m.silenced, false) as silenced,
    case when m.user_id is null then ${isBanned(sql`s.room_id`, sql`s.author_id`)} else false end as banned,
    found.id <> s.id as again, s.parent_id is not null and t.first_id is null as astray,
    coalesce(found.sent_hash = s.sent_hash, false) and found.parent_id is not distinct from t.first_id
      and (s.parent_id is null) = (t.first_id is null) as same,
    found.id, s.room_id, found.seq, found.content, found.created_at, found.edited_at, found.deleted_at,
    found.pinned_at, found.parent_id, found.version, found.client_message_id, ${mentions.ids} as mentioned,
    ${userColumns('u')}
  from sends s join locked on locked.id = s.room_id join users u on u.id = s.author_id
  left join members m on m.room_id = s.room_id and m.user_id = s.author_id left join found on found.send_id = s.id
  left join threads t on t.send_id = s.id
  order by s.place`;
