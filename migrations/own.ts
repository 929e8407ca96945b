// What the migrations make for one installation alone. A database that is a copy has to make it anew: its secret would be none,
// and two lobbies with one id would share a channel.
import { randomBytes, randomUUIDv7 } from 'node:crypto';

const KEY_BYTES = 32;

/** Makes a migrated database without people one to copy from. */
export const forget = 'delete from shared_keys';

/** Whether a database is such a copy, and nobody lives there yet. */
export const isCopy = 'select not exists (select from shared_keys) and not exists (select from users) as copy';

/** Makes a copy one of its own, all at once. */
export const renew = (): string[] => [
  `update rooms set id = '${randomUUIDv7()}', created_at = clock_timestamp(), active_at = clock_timestamp() where lobby`,
  `insert into shared_keys (id, key) values ('${randomUUIDv7()}', decode('${randomBytes(KEY_BYTES).toString('hex')}', 'hex'))`,
];
