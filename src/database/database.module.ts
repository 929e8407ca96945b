// PostgreSQL or PGlite, migrated and ready before anyone asks.
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { sql } from 'kysely';
import { Settings } from '../config/config.js';
import { Readiness } from '../core/readiness.js';
import { SharedKey } from '../core/shared-key.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { type Entities, Orm } from './orm.js';
import { untilItAnswers } from './wait-for-database.js';

@Global()
@Module({})
export class DatabaseModule {
  /** The entities are handed down: this floor knows no feature. */
  static forRoot(entities: Entities): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: Orm,
          inject: [Settings],
          useFactory: async (settings: Settings) => {
            const orm = await Orm.open(settings, entities);
            try {
              await untilItAnswers(orm, settings);
              await migrate(orm, () => Orm.openPatient(settings, entities));
            } catch (error) {
              await orm.close();
              throw error;
            }
            return orm;
          },
        },
        Database,
        { provide: SharedKey, inject: [Database], useFactory: readSharedKey },
      ],
      exports: [Database, SharedKey],
    };
  }

  constructor(database: Database, readiness: Readiness) {
    readiness.report('database', async () => {
      await database.statement(sql`select 1`);
      return { condition: 'ok' };
    });
  }
}

async function readSharedKey(database: Database): Promise<SharedKey> {
  const [row] = await database.statement(
    sql<{ key: Buffer }>`select key from shared_keys order by created_at desc, id desc limit 1`,
  );
  if (!row) throw new Error('The database has no shared key, although it was migrated');
  return { bytes: row.key };
}
