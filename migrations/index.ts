// The steps of the schema, in order. A list rather than a folder to search: it is compiled with the server.
import type { MigrationObject } from '@mikro-orm/core';
import { Migration20261123000000 } from './Migration20261123000000.js';
import { Migration20261124000000 } from './Migration20261124000000.js';
import { Migration20261124100000 } from './Migration20261124100000.js';
import { Migration20261124110000 } from './Migration20261124110000.js';
import { Migration20261124120000 } from './Migration20261124120000.js';
import { Migration20261124130000 } from './Migration20261124130000.js';

export const migrations: MigrationObject[] = [
  { name: 'Migration20261123000000', class: Migration20261123000000 },
  { name: 'Migration20261124000000', class: Migration20261124000000 },
  { name: 'Migration20261124100000', class: Migration20261124100000 },
  { name: 'Migration20261124110000', class: Migration20261124110000 },
  { name: 'Migration20261124120000', class: Migration20261124120000 },
  { name: 'Migration20261124130000', class: Migration20261124130000 },
];
