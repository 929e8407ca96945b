// Every setting, with its default, its unit and its reason. The only reader of the environment.
import { z } from 'zod';
import { CannotStart } from '../core/cannot-start.js';
import { address, duration, flag, inLargestUnit, origins, searchConfiguration, UNITS, whole } from './kinds.js';

interface Definition<T> {
  readonly env: string;
  readonly schema: z.ZodType<T, string>;
  readonly fallback: T;
  readonly about: string;
  readonly secret?: boolean;
}

const setting = <T>(env: string, schema: z.ZodType<T, string>, fallback: T, about: string): Definition<T> => ({
  env,
  schema,
  fallback,
  about,
});

const path = z.string().min(1, 'must not be empty');
const SECRET = { secret: true } as const;

const definitionsFor = (inProduction: boolean) => ({
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

  allowedOrigins: setting(
    'ALLOWED_ORIGINS',
    origins,
    [],
    'origins of web pages that may call besides our own, comma-separated',
  ),
  trustProxy: setting(
    'PARLEY_TRUST_PROXY',
    flag,
    false,
    'believe X-Forwarded-For and -Proto; only behind a proxy that sets them itself',
  ),
  sessionTtl: setting('SESSION_TTL', duration, 30 * UNITS.d, 'a session ends this long after sign-in, used or not'),
  sessionIdle: setting('PARLEY_SESSION_IDLE', duration, 14 * UNITS.d, 'a session ends after this long without use'),
  sessionRecheck: setting(
    'PARLEY_SESSION_RECHECK',
    duration,
    15 * UNITS.s,
    'how often sessions of open sockets are looked up again, should the bus have lost their end',
  ),
  signInTries: setting(
    'PARLEY_SIGN_IN_TRIES',
    whole(1, 1_000_000),
    10,
    'wrong passwords for one account from one address in 15 minutes; nobody mistypes more often',
  ),
  signInTriesPerAccount: setting(
    'PARLEY_SIGN_IN_TRIES_PER_ACCOUNT',
    whole(1, 1_000_000),
    50,
    'wrong passwords for one account an hour, from all addresses',
  ),
  signInTriesPerAddress: setting(
    'PARLEY_SIGN_IN_TRIES_PER_ADDRESS',
    whole(1, 1_000_000),
    300,
    'sign-ins from one address in 15 minutes, whoever it is: an office on Monday morning',
  ),
  signUpsPerAddress: setting(
    'PARLEY_SIGN_UPS_PER_ADDRESS',
    whole(1, 1_000_000),
    100,
    'accounts made from one address an hour: a class on its first day',
  ),
  signUp: setting('PARLEY_SIGN_UP', flag, true, 'whether strangers may make an account'),
  lobby: setting('PARLEY_LOBBY', flag, true, 'whether new people join the lobby'),
  playground: setting('PARLEY_PLAYGROUND', flag, !inProduction, 'GraphiQL at /graphql, and introspection'),
  demo: setting('PARLEY_DEMO', flag, !inProduction, 'make Ada, Bob and Cleo in an empty embedded database'),
  metrics: setting(
    'PARLEY_METRICS',
    flag,
    true,
    'Prometheus metrics at /metrics; keep the path from strangers at the proxy',
  ),

  sendRate: setting(
    'PARLEY_SEND_RATE',
    whole(0, 1_000_000),
    10,
    'messages, edits and reactions a second by one person in one room, per process; 0 sets no limit',
  ),
  sendBurst: setting(
    'PARLEY_SEND_BURST',
    whole(1, 1_000_000),
    20,
    'how many of them may come at once after a silence: what was written on a train',
  ),

  searchConfiguration: setting(
    'PARLEY_SEARCH_CONFIGURATION',
    searchConfiguration,
    'simple',
    'text search configuration of PostgreSQL; "simple" takes words as they are, in every language',
  ),

  maxFrame: setting(
    'PARLEY_MAX_FRAME',
    whole(1_024, 16_777_216),
    128 * 1_024,
    'bytes of a body or a frame; any legal message fits, however it is escaped',
  ),
  maxLiveOperations: setting(
    'PARLEY_MAX_LIVE_OPERATIONS',
    whole(1, 10_000),
    50,
    'operations alive on one socket; a chat page needs 3, more is a bug or an attack',
  ),
  maxSocketsPerSession: setting('PARLEY_MAX_SOCKETS_PER_SESSION', whole(1, 100_000), 20, 'a person with twenty tabs'),
  maxSocketsPerAddress: setting(
    'PARLEY_MAX_SOCKETS_PER_ADDRESS',
    whole(1, 1_000_000),
    1_000,
    'an office behind one address',
  ),
  maxSocketMessages: setting(
    'PARLEY_MAX_SOCKET_MESSAGES',
    whole(1, 1_000_000),
    100,
    'messages a second from one socket, with bursts of ten times that',
  ),
  initTimeout: setting(
    'PARLEY_INIT_TIMEOUT',
    duration,
    3 * UNITS.s,
    'from the handshake to connection_init, and again to its answer',
  ),
  keepAlive: setting(
    'PARLEY_KEEP_ALIVE',
    duration,
    25 * UNITS.s,
    'a ping to each socket; two without a pong and it is gone. Proxies cut at 30 to 60 s of silence',
  ),
  slowAfter: setting(
    'PARLEY_SLOW_AFTER',
    duration,
    15 * UNITS.s,
    'a reader whose socket takes nothing for so long, or who is far behind and comes no closer, is sent away',
  ),
  feedTick: setting(
    'PARLEY_FEED_TICK',
    duration,
    1_500 * UNITS.ms,
    'how often the log is asked for what the bus did not tell',
  ),
  sharedExecution: setting(
    'PARLEY_SHARED_EXECUTION',
    flag,
    true,
    'subscriptions of a room that ask the same are executed and encoded once for all; off, once for each',
  ),
  presenceTtl: setting(
    'PARLEY_PRESENCE_TTL',
    duration,
    20 * UNITS.s,
    'a process that was killed leaves its people online for so long; three beats of each process in that time',
  ),
  drain: setting('PARLEY_DRAIN', duration, 5 * UNITS.s, 'closes of sockets are spread over this window at shutdown'),
});

type Definitions = ReturnType<typeof definitionsFor>;
type Values = { readonly [Name in keyof Definitions]: Definitions[Name] extends Definition<infer T> ? T : never };

/** The settings of this process. A class, so that anything can ask for it by its type. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the fields are the table above, assigned in the constructor
export class Settings {
  constructor(values: Values) {
    Object.assign(this, values);
  }
}
export interface Settings extends Values {}

export interface SettingLine {
  readonly env: string;
  readonly value: string;
  readonly from: 'default' | 'environment';
  readonly about: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly lines: SettingLine[];
  readonly warnings: string[];
}

/** A wrong value: one sentence, and the process does not start. */
export class SettingError extends CannotStart {}

/** From the environment, or from what is given in its stead; `overrides` win over both. */
export function readSettings(given: NodeJS.ProcessEnv = process.env, overrides: NodeJS.ProcessEnv = {}): ReadSettings {
  const env = { ...given, ...overrides };
  const definitions = definitionsFor(env.NODE_ENV === 'production');
  const values: Record<string, unknown> = {};
  const lines: SettingLine[] = [];
  for (const [name, definition] of Object.entries(definitions) as [string, Definition<unknown>][]) {
    const text = env[definition.env];
    const isSet = text !== undefined && text !== '';
    values[name] = isSet ? parse(definition, text) : definition.fallback;
    lines.push({
      env: definition.env,
      value: definition.secret && isSet ? hidden(text) : show(definition, values[name]),
      from: isSet ? 'environment' : 'default',
      about: definition.about,
    });
  }
  const known = new Set(lines.map((line) => line.env));
  const warnings = Object.keys(env)
    .filter((key) => key.startsWith('PARLEY_') && !known.has(key))
    .map((key) => `${key} is not a setting of Parley. "npm run config" lists them all.`);
  return { settings: new Settings(values as Values), lines, warnings };
}

function parse(definition: Definition<unknown>, text: string): unknown {
  const result = definition.schema.safeParse(text);
  if (result.success) return result.data;
  const shown = definition.secret ? hidden(text) : text;
  const [expected, instead] = (result.error.issues[0]?.message ?? 'is wrong').split(' | ');
  throw new SettingError(`${definition.env} ${expected} but is "${shown}".${instead ? ` ${instead}` : ''}`);
}

/** What can be shown of an address: where it points, never who enters and how. */
export function hidden(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//***@').replace(/\?.*$/, '?***');
}

function show(definition: Definition<unknown>, value: unknown): string {
  if (value === null) return '';
  if (definition.schema === (duration as unknown)) return inLargestUnit(Number(value));
  return Array.isArray(value) ? value.join(',') : String(value);
}
