// A database that was migrated is the one that the entities describe.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readSettings } from '../../src/config/config.js';
import { log } from '../../src/core/logging.js';
import { migrate } from '../../src/database/migrate.js';
import { Orm } from '../../src/database/orm.js';
import { entities } from '../../src/entities.js';

let orm: Orm;
beforeAll(async () => {
  log.level = 'silent';
  orm = await Orm.open(readSettings({ PARLEY_DATA_DIR: 'memory://' }).settings, entities);
});
afterAll(() => orm.close());

it('differs in nothing from what the entities would make', async () => {
  await migrate(orm, () => Promise.reject(new Error('An embedded database needs no other connection')));
  expect(await orm.mikro.schema.getUpdateSchemaSQL()).toBe('');
});
