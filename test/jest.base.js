// What every run of the tests shares. The stories talk to real processes of the compiled server; only units and
// contracts are compiled here.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Files at a time, where each has processes and data of its own. Jest would leave a core free: the only other, of two. */
export const ABREAST = { maxWorkers: Math.max(2, availableParallelism() - 1) };

export function base({ roots, backend, testTimeout = 30_000 }) {
  process.env.PARLEY_TEST_BACKEND = backend; // read by the house; the workers inherit it
  return {
    rootDir: path('..'),
    roots: roots.map((root) => path(`./${root}`)),
    testMatch: ['**/*.test.ts'],
    testEnvironment: 'node',
    testTimeout, // the first test of a file waits for its house to open
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
            target: 'es2024',
          },
          module: { type: 'es6' },
        },
      ],
    },
    transformIgnorePatterns: ['/node_modules/', '/dist/'],
    modulePathIgnorePatterns: ['<rootDir>/dist/'],
    globalSetup: path('./support/global-setup.js'),
    globalTeardown: path('./support/global-teardown.js'),
    setupFilesAfterEnv: [path('./support/matchers.ts')],
  };
}
