// Two connections to Redis: one that listens and waits for ever, one that speaks and never waits.
import { Redis, type RedisOptions } from 'ioredis';

const COMMAND_TIMEOUT = 500; // ms; a fact that takes longer is old news, the log's tick has told it
const SILENCE = 3_000; // ms; a frozen path sends no FIN: three missed pings and the connection is given up
const FAREWELL = 200; // ms for the end of a connection that is let go; the library's timer stays when there was none any more
const BACKOFF_MAX = 2_000; // ms

const shared: RedisOptions = {
  connectionName: 'parley',
  keepAlive: 10_000,
  connectTimeout: 3_000,
  socketTimeout: SILENCE,
  disconnectTimeout: FAREWELL,
  retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), BACKOFF_MAX) * (0.5 + Math.random() / 2),
};

/** Keeps commands for the time when it is connected; subscriptions are re-applied by the bus, not by the library. */
export const openSubscriber = (url: string): Redis =>
  new Redis(url, { ...shared, maxRetriesPerRequest: null, autoResubscribe: false });

/** Fails at once while it is not connected. */
export const openPublisher = (url: string): Redis =>
  new Redis(url, { ...shared, enableOfflineQueue: false, commandTimeout: COMMAND_TIMEOUT, maxRetriesPerRequest: 0 });
