// Decorators need compiling: the stock server is compiled with the compiler that the project's tests use.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Options, transformFile } from '@swc/core';

const HERE = new URL('./', import.meta.url);
const DIST = new URL('../dist/', import.meta.url); // beside the sources, so that ../open.ts is the same file from both

const OPTIONS: Options = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2024',
  },
  module: { type: 'es6' },
};

export const STOCK_MAIN = fileURLToPath(new URL('main.js', DIST));

export async function buildStock(): Promise<void> {
  await mkdir(DIST, { recursive: true });
  const files = (await readdir(HERE)).filter(
    (name) => name.endsWith('.ts') && name !== 'build.ts' && name !== 'seed.ts',
  );
  await Promise.all(
    files.map(async (name) => {
      const { code } = await transformFile(fileURLToPath(new URL(name, HERE)), OPTIONS);
      await writeFile(new URL(name.replace(/\.ts$/, '.js'), DIST), code);
    }),
  );
}
