// The embedded database where nothing is to be kept: its files are in memory, and begin as a copy of the template.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { MemoryFS, PGlite } from '@electric-sql/pglite';
import { templateDirectory } from './cluster-template.js';

export class MemoryCluster extends MemoryFS {
  constructor(private readonly template = templateDirectory()) {
    super();
  }

  /** Called before it opens what is there. Without a template it makes a cluster by itself. */
  override async initialSyncFs(): Promise<void> {
    const files = this.pg?.Module.FS;
    if (!files || !existsSync(this.template)) return;
    files.mkdirTree(PGlite.paths.PGDATA);
    for (const entry of await readdir(this.template, { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      const to = [PGlite.paths.PGDATA, ...relative(this.template, from).split(sep)].join('/');
      if (entry.isDirectory()) files.mkdirTree(to);
      else files.writeFile(to, await readFile(from));
    }
  }
}
