// MikroORM over PGlite, or over PostgreSQL when an address is given: the same entities, migrations and SQL on both.
import { mkdir } from 'node:fs/promises';
import { defineConfig, type EntityClass, type MikroORM, type Options } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { PgliteDriver } from '@mikro-orm/pglite';
import { type EntityManager, PostgreSqlDriver, MikroORM as PostgresOrm } from '@mikro-orm/postgresql';
import { migrations } from '../../migrations/index.js';
import type { Settings } from '../config/config.js';
import { copyTemplate } from './cluster-template.js';
import { DataLock } from './data-lock.js';
import { MemoryCluster } from './memory-cluster.js';
import { PostgresClient, UnpreparedClient } from './postgres-client.js';

export type Entities = readonly EntityClass<object>[];

// Whoever sends is answered within 5 s: a turn in the pool and one statement must fit.
const CONNECT_TIMEOUT = 2_000; // ms for a turn in the pool and, when it has to grow, for the new connection
const LOCK_TIMEOUT = 2_000; // ms; a room is locked for a few
const STATEMENT_TIMEOUT = 2_300; // ms; the slowest statement of ours takes tens
const ANSWER_TIMEOUT = 2_800; // ms; PostgreSQL itself would have given up before: the path to it is frozen

/** For migrations: what has to be done takes as long as it takes. */
const PATIENT = { connectionTimeoutMillis: CONNECT_TIMEOUT };

const IMPATIENT = {
  connectionTimeoutMillis: CONNECT_TIMEOUT,
  lock_timeout: LOCK_TIMEOUT,
  statement_timeout: STATEMENT_TIMEOUT,
  query_timeout: ANSWER_TIMEOUT,
  idle_in_transaction_session_timeout: 2 * STATEMENT_TIMEOUT,
};

const isInMemory = (dataDir: string): boolean => dataDir.startsWith('memory:');

/** What the app runs on; the migration CLI adds where its files are. */
export function ormOptions(settings: Settings, entities: Entities, limits: object = IMPATIENT): Options {
  const shared = {
    entities: [...entities],
    extensions: [Migrator],
    migrations: { migrationsList: migrations, silent: true, snapshot: false },
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    debug: false,
  };
  if (!settings.databaseUrl) {
    const { dataDir } = settings;
    const driverOptions = isInMemory(dataDir) ? { fs: new MemoryCluster() } : {};
    return defineConfig({ ...shared, driver: PgliteDriver, dbName: dataDir, driverOptions }) as Options;
  }
  return defineConfig({
    ...shared,
    driver: PostgreSqlDriver,
    clientUrl: settings.databaseUrl,
    pool: { min: 0, max: settings.databasePool },
    driverOptions: {
      application_name: 'parley',
      keepAlive: true,
      Client: settings.preparedStatements ? PostgresClient : UnpreparedClient,
      ...limits,
    },
  }) as Options;
}

export class Orm {
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
      if (lock) await copyTemplate(settings.dataDir);
      return new Orm(await PostgresOrm.init(ormOptions(settings, entities) as never), embedded, lock);
    } catch (error) {
      lock?.release();
      throw error;
    }
  }

  /** The same PostgreSQL with no limit on how long a statement may take. Close it. */
  static async openPatient(settings: Settings, entities: Entities): Promise<Orm> {
    return new Orm(await PostgresOrm.init(ormOptions(settings, entities, PATIENT) as never), false, null);
  }

  fork(): EntityManager {
    return this.mikro.em.fork() as EntityManager;
  }

  async close(): Promise<void> {
    await this.mikro.close(true);
    this.lock?.release();
  }
}
