// `npm run schema`: prints the schema that this very code serves, for schema.gql.
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { readSettings } from './config/config.js';
import { log } from './core/logging.js';
import { openHouse } from './open.js';

log.level = 'silent';
const { settings } = readSettings({ PARLEY_DATA_DIR: 'memory://', PARLEY_DEMO: 'false', PORT: '0' });
const house = await openHouse(settings);
process.stdout.write(`${printSchema(lexicographicSortSchema(house.app.get(GraphQLSchemaHost).schema))}\n`);
await house.close();
