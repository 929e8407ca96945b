// The key that the processes of this database share, to seal what they tell each other over the bus.
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { Migration } from '@mikro-orm/migrations';

const KEY_BYTES = 32; // as long as the SHA-256 that it goes into

export class Migration20261124000000 extends Migration {
  override up(): void {
    this.addSql(`
      create table shared_keys (
        id uuid primary key,
        key bytea not null,
        created_at timestamptz(3) not null default clock_timestamp()
      )`);
    const key = randomBytes(KEY_BYTES).toString('hex');
    this.addSql(`insert into shared_keys (id, key) values ('${randomUUIDv7()}', decode('${key}', 'hex'))`);
  }
}
