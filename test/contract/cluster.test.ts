// The cluster of the embedded database is copied to where a data directory is new, whatever happened the last time; what
// must not be the same anywhere else is made there.
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/config/config.js';
import { CannotStart } from '../../src/core/cannot-start.js';
import { copyTemplate } from '../../src/database/cluster-template.js';
import { Database } from '../../src/database/database.js';
import { Orm } from '../../src/database/orm.js';
import { sharedKey } from '../../src/database/shared-key.js';
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

  it('has tables from the start, and a secret that no other one has', async () => {
    const secretOf = async (dataDir: string): Promise<string> => {
      const orm = await Orm.open(readSettings({ PARLEY_DATA_DIR: dataDir }).settings, entities);
      const database = new Database(orm);
      const { bytes } = await sharedKey(database, orm);
      await database.close();
      expect(bytes).toHaveLength(32);
      return Buffer.from(bytes).toString('hex');
    };
    const first = await secretOf(directory);
    expect(await secretOf(directory)).toBe(first);
    expect(await secretOf('memory://')).not.toBe(first);
  });
});
