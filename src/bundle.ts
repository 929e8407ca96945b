// Puts the server into a few files, in dist/server. What it needs at its start is three thousand modules of fifty packages,
// and to find them takes longer than to run them. Run after the compiler.
import { rename, rm } from 'node:fs/promises';
import { build } from 'rolldown';

const PLACE = 'dist/server';
const draft = `${PLACE}.${process.pid}`; // put in its place when it is whole: somebody may be starting from there

/** They stay packages: they look for other files of theirs beside themselves. */
const BY_THEMSELVES = ['@electric-sql/pglite', 'pino', 'pino-pretty'];

/** Packages ask for these, where one has them. We do without. */
const NOT_OURS =
  /^(@apollo\/(gateway|subgraph)|@as-integrations\/express5|@fastify\/(multipart|view)|@nestjs\/(microservices|websockets|platform-express)(\/.*)?|class-transformer|class-validator|ts-morph)$/;

await build({
  input: 'dist/src/main.js',
  platform: 'node',
  external: [/^node:/, ...BY_THEMSELVES, NOT_OURS],
  output: {
    dir: draft,
    chunkFileNames: '[name].js',
    keepNames: true, // tables, types of the schema and lines of the log are called after classes
  },
  logLevel: 'warn',
  onLog(level, problem) {
    throw new Error(`${level}: ${problem.message}`); // what is not found would fail somebody's start
  },
});
await rm(PLACE, { recursive: true, force: true });
await rename(draft, PLACE);
