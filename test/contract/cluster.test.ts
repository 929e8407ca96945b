// The cluster of the embedded database is copied to where a data directory is new, whatever happened the last time; what
// must not be the same anywhere else is made there.
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { readSettings } from '../../src/config/config.js';
import { CannotStart } from '../../src/core/cannot-start.js';
import { copyTemplate } from '../../src/database/cluster-template.js';
import { MemoryCluster } from '../../src/database/memory-cluster.js';
import { migrate } from '../../src/database/migrate.js';
import { Orm } from '../../src/database/orm.js';
import { entities } from '../../src/entities.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-cluster-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function opens(): Promise<void> {
  const cluster = await PGlite.create(directory);
  expect((await cluster.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await cluster.close();
}

describe('a new data directory', () => {
  it('gets a cluster, and keeps what somebody else has put there', async () => {
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    await copyTemplate(directory);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['PG_VERSION', 'base', 'notes.txt']));
    expect(readdirSync(directory)).not.toContain('.parley-copied');
    await opens();
  });

  it('gets none where something else stands in its way, which is left as it is', async () => {
    await mkdir(join(directory, 'base'));
    writeFileSync(join(directory, 'base', 'guitar.txt'), 'mine');
    const copying = copyTemplate(directory);
    await expect(copying).rejects.toThrow(CannotStart);
    await expect(copying).rejects.toThrow(`There is a "base" in ${directory}`);
    expect(readdirSync(join(directory, 'base'))).toEqual(['guitar.txt']);
    expect(existsSync(join(directory, 'PG_VERSION'))).toBe(false);
    rmSync(join(directory, 'base'), { recursive: true });
    await copyTemplate(directory);
    await opens();
  });

  it('gets one after a start that was killed while it copied', async () => {
    await mkdir(join(directory, '.parley-copying', 'base'), { recursive: true });
    writeFileSync(join(directory, '.parley-copying', 'PG_VERSION'), '');
    await copyTemplate(directory);
    expect(existsSync(join(directory, '.parley-copying'))).toBe(false);
    await opens();
  });

  it('gets the rest of one after a start that was killed while it put things in their places', async () => {
    await copyTemplate(directory);
    await mkdir(join(directory, '.parley-copied'));
    for (const name of ['base', 'PG_VERSION'])
      renameSync(join(directory, name), join(directory, '.parley-copied', name));
    await copyTemplate(directory);
    await opens();
  });

  it('is left as it is once it has a cluster', async () => {
    writeFileSync(join(directory, 'PG_VERSION'), '17');
    await copyTemplate(directory);
    expect(readdirSync(directory)).toEqual(['PG_VERSION']);
  });

  it('has tables from the start, and shares nothing with another one that was made anywhere', async () => {
    const first = await makings(directory);
    const lobby = first.find((row) => row.includes('Lobby'));
    expect(first.some((row) => row.includes('"key"'))).toBe(true);
    expect(Date.parse(/"created_at":"([^"]+)"/.exec(lobby ?? '')?.[1] ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(await makings(directory)).toEqual(first); // made once
    const random = (rows: readonly string[]): string[] =>
      rows.join().match(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g) ?? [];
    const other = random(await makings('memory://'));
    expect(random(first)).toHaveLength(other.length);
    expect(random(first).filter((made) => other.includes(made))).toEqual([]);
  });

  it('is made from nothing where there is nothing to copy', async () => {
    const files = new MemoryCluster(join(directory, 'no template'));
    const cluster = await PGlite.create({ fs: files });
    expect((await cluster.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await cluster.close();
  });
});

/** All rows of all tables of a database that has just been opened. */
async function makings(dataDir: string): Promise<string[]> {
  const orm = await Orm.open(readSettings({ PARLEY_DATA_DIR: dataDir }).settings, entities);
  await migrate(orm, () => Promise.reject(new Error('An embedded database needs no other connection')));
  const ask = async <Row>(statement: string) => (await sql.raw<Row>(statement).execute(orm.fork().getKysely())).rows;
  const tables = await ask<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`);
  const rows = await Promise.all(
    tables
      .filter(({ name }) => name !== 'mikro_orm_migrations')
      .map(({ name }) => ask<{ text: string }>(`select row_to_json(t)::text as text from "${name}" t`)),
  );
  await orm.close();
  return rows.flat().map(({ text }) => text);
}
