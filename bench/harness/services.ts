// PostgreSQL and Redis on this machine: a database for each server, gone when the run ends, and channels of our own.
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';

const POSTGRES = process.env.BENCH_POSTGRES ?? 'postgresql://postgres@127.0.0.1:5432';
const REDIS = process.env.BENCH_REDIS ?? 'redis://127.0.0.1:6379';
const REDIS_DATABASE = 9; // whatever a server keeps there is not among anybody's data

const RUN = `parley_bench_${process.pid}_${randomBytes(3).toString('hex')}`;

export const redisUrl = `${REDIS}/${REDIS_DATABASE}`;
export const channelPrefix = RUN;

let made = 0;
const standing = new Set<string>();

const urlOf = (name: string): string => `${POSTGRES}/${name}`;

export async function connected<T>(url: string, work: (database: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function createDatabase(): Promise<string> {
  const name = `${RUN}_${++made}`;
  await connected(urlOf('postgres'), (database) => database.query(`create database ${name}`));
  standing.add(name);
  return urlOf(name);
}

export async function dropDatabases(): Promise<void> {
  if (standing.size === 0) return;
  await connected(urlOf('postgres'), async (database) => {
    for (const name of standing) await database.query(`drop database if exists ${name} with (force)`);
  });
  standing.clear();
}

/** What they are, and a sentence when one is away, or when sends would be acknowledged before they are on disk. */
export async function inspectServices(): Promise<{ postgres: string; redis: string }> {
  const postgres = await connected(urlOf('postgres'), async (database) => {
    const { rows } = await database.query('select version(), current_setting($1) as commit', ['synchronous_commit']);
    if (rows[0].commit !== 'on')
      throw new Error(`synchronous_commit is ${rows[0].commit}: sends are measured with "on"`);
    return String(rows[0].version).split(' ').slice(0, 2).join(' ');
  });
  const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1 });
  await redis.connect();
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1];
  redis.disconnect();
  return { postgres, redis: `Redis ${version}` };
}
