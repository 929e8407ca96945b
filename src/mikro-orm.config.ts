// For the migration CLI: `npm run migration:create` compares the entities with the snapshot in migrations/.
import { readSettings } from './config/config.js';
import { ormOptions } from './database/orm.js';
import { entities } from './entities.js';

export default ormOptions(readSettings().settings, entities);
