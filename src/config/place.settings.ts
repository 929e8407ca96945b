// Settings of where a process stands: its address, and where its data and its bus are.
import { z } from 'zod';
import { SECRET, setting } from './definition.js';
import { address, duration, flag, path, UNITS, whole } from './kinds.js';

export const placeSettings = (inProduction: boolean) => ({
  production: setting(
    'NODE_ENV',
    z.string().transform((text) => text === 'production'),
    false,
    '"production": secure cookies, no playground, no introspection, no demo people',
  ),
  port: setting('PORT', whole(0, 65_535), 4_000, 'TCP port; 0 takes a free one'),
  host: setting(
    'HOST',
    path,
    inProduction ? '0.0.0.0' : '127.0.0.1',
    'address to listen on; in production all of them, elsewhere this machine alone',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'info',
    'the least that is logged',
  ),

  databaseUrl: {
    ...setting(
      'DATABASE_URL',
      address('the embedded database', 'postgresql', 'postgres'),
      null,
      'PostgreSQL 15 or newer; without it the embedded one',
    ),
    ...SECRET,
  },
  dataDir: setting('PARLEY_DATA_DIR', path, './data', 'directory of the embedded database; "memory://" keeps nothing'),
  databasePool: setting(
    'PARLEY_DATABASE_POOL',
    whole(2, 200),
    10,
    'connections to PostgreSQL per process; all sends together take two of them',
  ),
  preparedStatements: setting(
    'PARLEY_PREPARED_STATEMENTS',
    flag,
    true,
    'keep the plans of what is asked most; off behind a pooler of transactions that does not know prepared statements',
  ),
  databaseWait: setting(
    'PARLEY_DATABASE_WAIT',
    duration,
    10 * UNITS.s,
    'how long a start waits for a PostgreSQL that does not answer yet, before it ends with 1',
  ),
  redisUrl: {
    ...setting(
      'REDIS_URL',
      address('the bus inside the process', 'redis', 'rediss'),
      null,
      'Redis 6 or newer, needed as soon as there are two processes',
    ),
    ...SECRET,
  },
});
