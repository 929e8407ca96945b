// The first step: people, sessions, rooms, memberships, the log, messages; and the lobby, where everyone begins.
import { randomUUIDv7 } from 'node:crypto';
import { Migration } from '@mikro-orm/migrations';

export class Migration20261123000000 extends Migration {
  override up(): void {
    this.addSql(`
      create table users (
        id uuid primary key,
        username text not null constraint users_username_unique unique,
        display_name text not null,
        password_hash text not null,
        created_at timestamptz(3) not null default clock_timestamp()
      )`);

    this.addSql(`
      create table sessions (
        id uuid primary key,
        user_id uuid not null constraint sessions_user_id_foreign references users (id) on delete cascade,
        token_hash bytea not null constraint sessions_token_hash_unique unique,
        user_agent text,
        created_at timestamptz(3) not null,
        last_seen_at timestamptz(3) not null,
        expires_at timestamptz(3) not null
      )`);
    this.addSql('create index sessions_user_index on sessions (user_id)');

    this.addSql(`
      create table rooms (
        id uuid primary key,
        kind text not null constraint rooms_kind_check check (kind in ('PUBLIC', 'PRIVATE', 'DIRECT')),
        name text,
        topic text,
        direct_key text constraint rooms_direct_key_unique unique,
        lobby boolean not null default false,
        last_seq int not null default 0,
        created_at timestamptz(3) not null default clock_timestamp(),
        active_at timestamptz(3) not null default clock_timestamp(),
        archived_at timestamptz(3),
        constraint rooms_name_check check ((kind = 'DIRECT') = (name is null)),
        constraint rooms_direct_key_check check ((kind = 'DIRECT') = (direct_key is not null))
      ) with (fillfactor = 50)`); // every event updates its room: the new version fits on the same page, no index is touched
    this.addSql(
      `create index rooms_public_index on rooms (lower(name), id) where kind = 'PUBLIC' and archived_at is null`,
    );
    this.addSql('create unique index rooms_lobby_unique on rooms (lobby) where lobby');

    this.addSql(`
      create table memberships (
        id uuid primary key,
        room_id uuid not null constraint memberships_room_id_foreign references rooms (id),
        user_id uuid not null constraint memberships_user_id_foreign references users (id),
        role smallint not null constraint memberships_role_check check (role in (0, 1, 2)),
        joined_at timestamptz(3) not null default clock_timestamp(),
        ended_seq int
      )`);
    this.addSql(
      'create unique index memberships_current_unique on memberships (room_id, user_id) where ended_seq is null',
    );
    this.addSql(
      'create index memberships_list_index on memberships (room_id, role, joined_at, id) where ended_seq is null',
    );
    this.addSql('create index memberships_user_index on memberships (user_id, room_id) where ended_seq is null');

    this.addSql(`
      create table room_events (
        room_id uuid not null constraint room_events_room_id_foreign references rooms (id),
        seq int not null,
        kind text not null,
        actor_id uuid constraint room_events_actor_id_foreign references users (id),
        message_id uuid,
        membership_id uuid constraint room_events_membership_id_foreign references memberships (id),
        at timestamptz(3) not null,
        primary key (room_id, seq)
      )`);

    this.addSql(`
      create table messages (
        id uuid primary key,
        room_id uuid not null constraint messages_room_id_foreign references rooms (id),
        seq int not null,
        author_id uuid not null constraint messages_author_id_foreign references users (id),
        content text,
        created_at timestamptz(3) not null,
        edited_at timestamptz(3),
        deleted_at timestamptz(3),
        version int not null default 1,
        client_message_id text,
        sent_hash bytea,
        constraint messages_room_seq_unique unique (room_id, seq),
        constraint messages_deleted_check check ((content is null) = (deleted_at is not null))
      )`);
    this.addSql(`
      create unique index messages_client_message_id_unique on messages (room_id, author_id, client_message_id)
      where client_message_id is not null`);

    // Its id is made here, not written down: two databases that share a Redis must not share a room.
    this.addSql(
      `insert into rooms (id, kind, name, topic, lobby) values ('${randomUUIDv7()}', 'PUBLIC', 'Lobby', 'Where everyone begins', true)`,
    );
  }
}
