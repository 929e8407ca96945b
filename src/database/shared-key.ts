// The key that the processes of this database share, as it stands there.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../core/ids.js';
import type { SharedKey } from '../core/shared-key.js';
import type { Database } from './database.js';
import type { Orm } from './orm.js';

const KEY_BYTES = 32;

export async function sharedKey(database: Database, { embedded }: Orm): Promise<SharedKey> {
  const [row] = await database.statement(
    sql<{ key: Buffer }>`select key from shared_keys order by created_at desc, id desc limit 1`,
  );
  if (row) return { bytes: row.key };
  // The migration makes one; but a new data directory is a copy, and a copied secret would be none.
  if (!embedded) throw new Error('The database has no shared key, although it was migrated');
  const bytes = randomBytes(KEY_BYTES);
  await database.statement(sql`insert into shared_keys (id, key) values (${newId()}, ${bytes})`);
  return { bytes };
}
