// An empty database cluster, packed when the server is built. To make one takes the embedded database seconds, to unpack
// one a fraction of that. It holds nothing of ours: no table, no key.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { CannotStart } from '../core/cannot-start.js';
import { fromRoot } from '../core/root.js';

/** In dist/. Another version of the embedded database makes another one. */
export function templateFile(): string {
  const database = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(readFileSync(join(database, '../package.json'), 'utf8')) as { version: string };
  return fromRoot(`dist/cluster-${version}.tar.gz`);
}

/** Undefined where it has not been built: the embedded database makes a cluster by itself then. */
export function readTemplate(file = templateFile()): Blob | undefined {
  return existsSync(file) ? new Blob([gunzipSync(readFileSync(file))]) : undefined;
}

const MARK = 'PG_VERSION'; // what makes a directory a cluster: it comes last

/**
 * Gives an empty data directory its cluster. Killed at any moment, it is finished or begun again by the next start, and
 * nothing is removed that it has not put there.
 */
export async function unpackTemplate(directory: string, read: () => Blob | undefined = readTemplate): Promise<void> {
  if (existsSync(join(directory, MARK))) return;
  const [unpacking, unpacked] = [join(directory, 'unpacking'), join(directory, 'unpacked')];
  if (!existsSync(unpacked)) {
    const template = read();
    if (!template) return;
    await rm(unpacking, { recursive: true, force: true });
    await mkdir(unpacking, { recursive: true });
    const cluster = await PGlite.create({ dataDir: unpacking, loadDataDir: template });
    await cluster.close();
    await rename(unpacking, unpacked);
  }
  const names = (await readdir(unpacked)).filter((name) => name !== MARK);
  const taken = names.find((name) => existsSync(join(directory, name)));
  if (taken !== undefined)
    throw new CannotStart(
      `There is a "${taken}" in ${directory} that is not of this server's making, and where it stands the database wants its own. Take it away, or give another directory as PARLEY_DATA_DIR.`,
    );
  for (const name of [...names, MARK]) await rename(join(unpacked, name), join(directory, name));
  await rmdir(unpacked);
}
