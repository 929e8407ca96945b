// Makes the cluster that new databases are copies of, unless it is there: migrated, and without people. Run after the compiler.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { forget } from '../migrations/own.js';
import { readSettings } from './config/config.js';
import { log } from './core/logging.js';
import { fromRoot } from './core/root.js';
import { TEMPLATE_PREFIX, templateDirectory } from './database/cluster-template.js';
import { migrate } from './database/migrate.js';
import { Orm } from './database/orm.js';
import { entities } from './entities.js';

const template = templateDirectory();
const place = dirname(template);
log.level = 'warn'; // that it migrates is no news

function isFresh(): boolean {
  const migrations = fromRoot('migrations');
  const changes = readdirSync(migrations).map((name) => statSync(join(migrations, name)).mtimeMs);
  return existsSync(template) && statSync(template).mtimeMs > Math.max(...changes);
}

async function make(directory: string): Promise<void> {
  const { settings } = readSettings({ PARLEY_DATA_DIR: directory });
  const orm = await Orm.open(settings, entities);
  try {
    await migrate(orm, () => Orm.openPatient(settings, entities));
    await sql.raw(forget).execute(orm.fork().getKysely());
  } finally {
    await orm.close();
  }
}

async function removeOlder(): Promise<void> {
  const older = readdirSync(place).filter((name) => name.startsWith(TEMPLATE_PREFIX));
  for (const name of older) await rm(join(place, name), { recursive: true, force: true });
}

if (!isFresh()) {
  const draft = join(place, `draft-${process.pid}`);
  try {
    await make(draft);
    if (!isFresh()) {
      await removeOlder();
      await rename(draft, template);
    } // else another build was faster
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
