// What people do with messages: reactions, pins, earlier texts, threads, and finding them again.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261124100000 extends Migration {
  override up(): void {
    this.addSql(`
      alter table messages
        add column pinned_at timestamptz(3),
        add column parent_id uuid constraint messages_parent_id_foreign references messages (id)`);
    this.addSql('create index messages_pinned_index on messages (room_id, pinned_at) where pinned_at is not null');
    this.addSql('create index messages_thread_index on messages (parent_id, seq) where parent_id is not null');
    this.addSql('create index messages_main_line_index on messages (room_id, seq) where parent_id is null');
    // Angle brackets are blanks: in `Map<basket>` the basket is a word, not a tag that is left out.
    // A pending list of 512 kB, not of 4 MB: the send that has to sort it in waits for some milliseconds, not for tens.
    this.addSql(`
      create index messages_search_index on messages using gin (to_tsvector('simple', translate(content, '<>', '  ')))
      with (gin_pending_list_limit = 512)`);

    this.addSql(`
      create table message_reactions (
        message_id uuid not null constraint message_reactions_message_id_foreign references messages (id),
        user_id uuid not null constraint message_reactions_user_id_foreign references users (id),
        emoji text not null,
        seq int not null,
        primary key (message_id, user_id, emoji)
      )`);

    this.addSql(`
      create table message_revisions (
        message_id uuid not null constraint message_revisions_message_id_foreign references messages (id),
        version int not null,
        content text not null,
        edited_at timestamptz(3) not null,
        primary key (message_id, version)
      )`);

    this.addSql('alter table room_events add column detail text');
  }
}
