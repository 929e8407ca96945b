// A database cluster that is migrated, made when the server is built. To make one takes the embedded database seconds, to copy
// one some tenths of one. What may not be the same in two of them is made anew in each copy: see migrations/own.ts.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrations } from '../../migrations/index.js';
import { CannotStart } from '../core/cannot-start.js';
import { fromRoot } from '../core/root.js';

export const TEMPLATE_PREFIX = 'cluster-';

/** In dist/. Another version of the embedded database makes another one, and so do more migrations. */
export function templateDirectory(): string {
  const database = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(readFileSync(join(database, '../package.json'), 'utf8')) as { version: string };
  return fromRoot(`dist/${TEMPLATE_PREFIX}${version}-${migrations.at(-1)?.name}`);
}

const MARK = 'PG_VERSION'; // what makes a directory a cluster: it comes last

/**
 * Gives an empty data directory its cluster; where there is no template, the embedded database makes one by itself. Killed
 * at any moment, it is finished or begun again by the next start, and nothing is removed that it has not put there.
 */
export async function copyTemplate(directory: string, template = templateDirectory()): Promise<void> {
  if (existsSync(join(directory, MARK))) return;
  const [copying, copied] = [join(directory, '.parley-copying'), join(directory, '.parley-copied')];
  if (!existsSync(copied)) {
    if (!existsSync(template)) return;
    await rm(copying, { recursive: true, force: true });
    cpSync(template, copying, { recursive: true }); // nobody is served yet, and it takes a third less time
    await rename(copying, copied);
  }
  const names = (await readdir(copied)).filter((name) => name !== MARK);
  const taken = names.find((name) => existsSync(join(directory, name)));
  if (taken !== undefined)
    throw new CannotStart(
      `There is a "${taken}" in ${directory} that is not of this server's making, and where it stands the database wants its own. Take it away, or give another directory as PARLEY_DATA_DIR.`,
    );
  for (const name of [...names, MARK]) await rename(join(copied, name), join(directory, name));
  await rmdir(copied);
}
