// Makes the cluster that new data directories are copied from, unless it is there: migrated, and empty. Run after the compiler.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { readSettings } from './config/config.js';
import { log } from './core/logging.js';
import { fromRoot } from './core/root.js';
import { TEMPLATE_PREFIX, templateDirectory } from './database/cluster-template.js';
import { migrate } from './database/migrate.js';
import { Orm } from './database/orm.js';
import { entities } from './entities.js';

const template = templateDirectory();
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
    await sql`delete from shared_keys`.execute(orm.fork().getKysely()); // no two installations may share one
  } finally {
    await orm.close();
  }
}

if (!isFresh()) {
  const place = dirname(template);
  for (const name of readdirSync(place))
    if (name.startsWith(TEMPLATE_PREFIX)) await rm(join(place, name), { recursive: true, force: true });
  const draft = join(place, `draft-${process.pid}`);
  try {
    await make(draft);
    await rename(draft, template);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!isFresh()) throw error; // else another build was faster
  }
}
