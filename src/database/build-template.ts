// Packs an empty cluster for dist/, unless it is there. Run after the compiler.
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { templateFile } from './cluster-template.js';

const file = templateFile();
if (!existsSync(file)) {
  const cluster = await PGlite.create('memory://');
  const packed = await cluster.dumpDataDir('none');
  await cluster.close();
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, gzipSync(Buffer.from(await packed.arrayBuffer())));
  await rename(draft, file);
}
