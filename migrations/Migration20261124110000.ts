// How far each member has read, who is mentioned where, and when people were last here.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124110000 extends Migration {
  override up(): void {
    // Where a membership began: nothing before it is unread.
    this.addSql('alter table memberships add column joined_seq int not null default 0');
    this.addSql(`
      update memberships m set joined_seq = e.seq from room_events e
      where e.membership_id = m.id and e.room_id = m.room_id and e.kind = 'MemberJoined'`);

    // Made when somebody first marks something as read. No column of it is indexed but the key, and half of each page is
    // left free: moving forward rewrites a row in its place.
    this.addSql(`
      create table read_states (
        membership_id uuid primary key constraint read_states_membership_id_foreign references memberships (id) on delete cascade,
        last_read_seq int not null,
        notify text not null default 'ALL' constraint read_states_notify_check check (notify in ('ALL', 'MENTIONS', 'NONE'))
      ) with (fillfactor = 50)`);

    // The newest message of one person in one room: whoever has spoken has read up to there.
    this.addSql('create index messages_author_index on messages (room_id, author_id, seq)');

    this.addSql(`
      create table message_mentions (
        message_id uuid not null constraint message_mentions_message_id_foreign references messages (id) on delete cascade,
        user_id uuid not null constraint message_mentions_user_id_foreign references users (id) on delete cascade,
        room_id uuid not null,
        seq int not null,
        primary key (message_id, user_id)
      )`);
    this.addSql('create index message_mentions_user_index on message_mentions (user_id, room_id, seq)');

    this.addSql('alter table users add column last_seen_at timestamptz(3)');
    this.addSql('alter table users add column read_signals boolean not null default true');
  }
}
