// Makes an empty cluster for dist/, unless it is there. Run after the compiler.
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { templateDirectory } from './cluster-template.js';

const template = templateDirectory();
if (!existsSync(template)) {
  const draft = `${template}.${process.pid}`;
  try {
    const cluster = await PGlite.create(draft);
    await cluster.close();
    await rename(draft, template);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(template)) throw error; // else another build was faster
  }
}
