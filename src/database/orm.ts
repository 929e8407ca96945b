// MikroORM over PGlite, or over PostgreSQL when an address is given: the same entities, migrations and SQL on both.
import { mkdir } from 'node:fs/promises';
import { defineConfig, type EntityClass, type MikroORM, type Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { PgliteDriver } from '@mikro-orm/pglite';
import { type EntityManager, PostgreSqlDriver, MikroORM as PostgresOrm } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { migrations } from '../../migrations/index.js';
import type { Settings } from '../config/config.js';
import { DataLock } from './data-lock.js';

export type Entities = readonly EntityClass<object>[];

const CONNECT_TIMEOUT = 3_000; // ms; a send waits no longer for a connection before it is told UNAVAILABLE
const STATEMENT_TIMEOUT = 4_000; // ms; the slowest statement of ours takes tens
const LOCK_TIMEOUT = 3_000; // ms; a room is locked for a few

const isInMemory = (dataDir: string): boolean => dataDir.startsWith('memory:');

/** What the app runs on; the migration CLI adds where its files are. */
export function ormOptions(settings: Settings, entities: Entities): Options {
  const shared = {
    entities: [...entities],
    extensions: [Migrator],
    migrations: { migrationsList: migrations, silent: true, snapshot: false },
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    debug: false,
  };
  if (!settings.databaseUrl) {
    return defineConfig({ ...shared, driver: PgliteDriver, dbName: settings.dataDir }) as Options;
  }
  return defineConfig({
    ...shared,
    driver: PostgreSqlDriver,
    clientUrl: settings.databaseUrl,
    pool: { min: 0, max: settings.databasePool },
    driverOptions: {
      application_name: 'parley',
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      statement_timeout: STATEMENT_TIMEOUT,
      lock_timeout: LOCK_TIMEOUT,
      idle_in_transaction_session_timeout: 2 * STATEMENT_TIMEOUT,
      keepAlive: true,
    },
  }) as Options;
}

@Injectable()
export class Orm implements OnApplicationShutdown {
  private constructor(
    readonly mikro: MikroORM,
    readonly embedded: boolean,
    private readonly lock: DataLock | null,
  ) {}

  static async open(settings: Settings, entities: Entities): Promise<Orm> {
    const embedded = settings.databaseUrl === null;
    let lock: DataLock | null = null;
    if (embedded && !isInMemory(settings.dataDir)) {
      await mkdir(settings.dataDir, { recursive: true });
      lock = DataLock.take(settings.dataDir);
    }
    try {
      return new Orm(await PostgresOrm.init(ormOptions(settings, entities) as never), embedded, lock);
    } catch (error) {
      lock?.release();
      throw error;
    }
  }

  fork(): EntityManager {
    return this.mikro.em.fork() as EntityManager;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.mikro.close(true);
    this.lock?.release();
  }
}
