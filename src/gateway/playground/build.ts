// Writes the playground to dist/playground as files that we serve ourselves: no CDN, nothing inline. Run after the
// compiler, and by nobody else: it needs devDependencies, which a server in production does not have.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as graphiql from '@graphql-yoga/render-graphiql/graphiql';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SOURCE = at('../../../../src/gateway/playground/');
const OUT = at('../../../playground/');

const FROM_PACKAGE = {
  'graphiql.js': graphiql.js,
  'graphiql.css': graphiql.css,
  'editor.worker.js': graphiql.editorWorkerService,
  'graphql.worker.js': graphiql.graphqlWorker,
  'json.worker.js': graphiql.jsonWorker,
};

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
await Promise.all([
  ...Object.entries(FROM_PACKAGE).map(([name, text]) => writeFile(OUT + name, text)),
  ...['index.html', 'page.css', 'parley.svg'].map((name) => cp(SOURCE + name, OUT + name)),
]);
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: { outDir: OUT, emptyOutDir: false, lib: { entry: at('./page.js'), formats: ['es'], fileName: 'page' } },
});
