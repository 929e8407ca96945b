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
  }
}
