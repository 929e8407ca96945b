// Brings the schema up to date at start. Processes that start at once take turns, by an advisory lock.
import { sql } from 'kysely';
import { log } from '../core/logging.js';
import type { Orm } from './orm.js';

const MIGRATION_LOCK = 7_275_349; // any number, as long as nobody else in this database uses it ("PARLEY" on a phone)

export async function migrate(orm: Orm): Promise<void> {
  if (orm.embedded) return up(orm); // the data lock already keeps others away
  await orm
    .fork()
    .getKysely()
    .connection()
    .execute(async (connection) => {
      // Others may be at it for as long as they need: this wait is not a statement of ours that hangs.
      await sql`set statement_timeout = 0`.execute(connection);
      await sql`set lock_timeout = 0`.execute(connection);
      await sql`select pg_advisory_lock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
      try {
        await up(orm);
      } finally {
        await sql`select pg_advisory_unlock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
        await sql`reset statement_timeout`.execute(connection);
        await sql`reset lock_timeout`.execute(connection);
      }
    });
}

async function up(orm: Orm): Promise<void> {
  const applied = await orm.mikro.migrator.up();
  for (const { name } of applied) log.info({ migration: name }, 'Migrated the database');
}
