// Writes the playground to dist/playground as files that we serve ourselves: no CDN, nothing inline. Run after the
// compiler, and by nobody else: what it takes apart is a devDependency that a server in production does not have.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as graphiql from '@graphql-yoga/render-graphiql/graphiql';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SOURCE = at('../../../../src/gateway/playground/');
const COMPILED = at('./');
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
  ...['page.js', 'examples.js'].map(async (name) => {
    const script = await readFile(COMPILED + name, 'utf8');
    await writeFile(OUT + name, script.replace(/^\/\/# sourceMappingURL=.*$/m, '')); // the map stays where it is
  }),
]);
