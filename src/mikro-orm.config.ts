// For the migration CLI: `npm run migration:create` compares the entities with the snapshot in migrations/.
import type { Options } from '@mikro-orm/core';
import { readSettings } from './config/config.js';
import { ormOptions } from './database/orm.js';
import { entities } from './entities.js';

const options = ormOptions(readSettings().settings, entities);

const config: Options = {
  ...options,
  migrations: { ...options.migrations, path: 'migrations', snapshot: true, snapshotName: '.snapshot-parley' },
};

export default config;
