// Brings the schema up to date at start. Processes that start at once take turns, by an advisory lock.
import { sql } from 'kysely';
import { migrations } from '../../migrations/index.js';
import { isCopy, renew } from '../../migrations/own.js';
import { log } from '../core/logging.js';
import type { Orm } from './orm.js';

const MIGRATION_LOCK = 7_275_349; // any number, as long as nobody else in this database uses it ("PARLEY" on a phone)

/**
 * `openPatient` opens the same database with no limit on how long a statement may take: a step over a large table, and
 * the wait for another process that is at it, take what they take. It is asked for only when there is something to do.
 */
export async function migrate(orm: Orm, openPatient: () => Promise<Orm>): Promise<void> {
  if (orm.embedded) return migrateEmbedded(orm); // the data lock already keeps others away
  if (await isUpToDate(orm)) return;
  const patient = await openPatient();
  try {
    await patient
      .fork()
      .getKysely()
      .connection()
      .execute(async (connection) => {
        await sql`select pg_advisory_lock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
        try {
          await up(patient);
        } finally {
          await sql`select pg_advisory_unlock(${sql.lit(MIGRATION_LOCK)})`.execute(connection);
        }
      });
  } finally {
    await patient.close();
  }
}

async function migrateEmbedded(orm: Orm): Promise<void> {
  if (!(await isUpToDate(orm))) await up(orm);
  const [own] = await ask(orm, sql.raw<{ copy: boolean }>(isCopy));
  if (!own?.copy) return;
  await orm
    .fork()
    .getKysely()
    .transaction()
    .execute(async (transaction) => {
      for (const statement of renew()) await sql.raw(statement).execute(transaction);
    });
}

async function isUpToDate(orm: Orm): Promise<boolean> {
  const [table] = await ask<{ there: boolean }>(
    orm,
    sql`select to_regclass('mikro_orm_migrations') is not null as there`,
  );
  if (!table?.there) return false;
  const done = new Set(
    (await ask<{ name: string }>(orm, sql`select name from mikro_orm_migrations`)).map((row) => row.name),
  );
  return migrations.every(({ name }) => done.has(name));
}

async function ask<Row>(orm: Orm, statement: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await statement.execute(orm.fork().getKysely())).rows;
}

async function up(orm: Orm): Promise<void> {
  const applied = await orm.mikro.migrator.up();
  for (const { name } of applied) log.info({ migration: name }, 'Migrated the database');
}
