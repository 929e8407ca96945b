// What people can say of themselves, keys for scripts and bots, bans, blocks; and what goes when an account is deleted.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124120000 extends Migration {
  override up(): void {
    this.addSql(`
      alter table users
        add column avatar_url text,
        add column bot boolean not null default false,
        add column deleted_at timestamptz(3),
        alter column password_hash drop not null`);

    this.addSql(`
      create table access_keys (
        id uuid primary key,
        user_id uuid not null constraint access_keys_user_id_foreign references users (id) on delete cascade,
        token_hash bytea not null constraint access_keys_token_hash_unique unique,
        label text not null,
        scope text not null constraint access_keys_scope_check check (scope in ('READ', 'WRITE')),
        created_at timestamptz(3) not null,
        last_used_at timestamptz(3),
        expires_at timestamptz(3)
      )`);
    this.addSql('create index access_keys_user_index on access_keys (user_id)');

    this.addSql(`
      create table bans (
        id uuid primary key,
        room_id uuid not null constraint bans_room_id_foreign references rooms (id),
        user_id uuid not null constraint bans_user_id_foreign references users (id),
        by_id uuid not null constraint bans_by_id_foreign references users (id),
        membership_id uuid constraint bans_membership_id_foreign references memberships (id),
        reason text,
        until timestamptz(3),
        created_at timestamptz(3) not null,
        banned_seq int not null,
        lifted_seq int,
        constraint bans_banned_seq_unique unique (room_id, banned_seq),
        constraint bans_order_check check (lifted_seq > banned_seq)
      )`);
    this.addSql('create unique index bans_current_unique on bans (room_id, user_id) where lifted_seq is null');
    this.addSql('create index bans_lifted_seq_index on bans (room_id, lifted_seq) where lifted_seq is not null');

    this.addSql(`
      create table blocks (
        blocker_id uuid not null constraint blocks_blocker_id_foreign references users (id) on delete cascade,
        blocked_id uuid not null constraint blocks_blocked_id_foreign references users (id) on delete cascade,
        created_at timestamptz(3) not null default clock_timestamp(),
        primary key (blocker_id, blocked_id)
      )`);
    this.addSql('create index blocks_blocked_index on blocks (blocked_id)');
  }
}
