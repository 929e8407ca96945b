// Results on disk: one file a scenario and length, the newest run of each, with all that is needed to judge it.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Length } from '../harness/lengths.ts';
import type { Surroundings } from '../harness/machine.ts';
import type { Section } from './section.ts';

export interface Results {
  readonly scenario: string;
  readonly length: Length;
  readonly surroundings: Surroundings;
  readonly services: { readonly postgres: string; readonly redis: string };
  readonly versions: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
}

const DIRECTORY = new URL('../results/', import.meta.url);

const fileOf = (scenario: string, length: Length['name']): string => `${scenario}.${length}.json`;

export async function save(results: Results): Promise<void> {
  await mkdir(DIRECTORY, { recursive: true });
  const name = fileOf(results.scenario, results.length.name);
  await writeFile(new URL(name, DIRECTORY), `${JSON.stringify(results, null, 2)}\n`);
}

/** For publication: the full run of each scenario where there is one, else the short one; a tiny one says nothing. */
export async function readBest(scenarios: readonly string[]): Promise<Results[]> {
  const there = new Set(await readdir(DIRECTORY).catch(() => []));
  const names = scenarios.flatMap((scenario) =>
    [fileOf(scenario, 'full'), fileOf(scenario, 'short')].filter((name) => there.has(name)).slice(0, 1),
  );
  if (names.length === 0) throw new Error('Nothing has been measured yet');
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(name, DIRECTORY), 'utf8'))));
}

/** Of everything that is measured: the peers as the bench has them. */
export function peerVersions(): Record<string, string> {
  const { dependencies } = createRequire(import.meta.url)('../package.json');
  const { version } = createRequire(import.meta.url)('../../package.json');
  return { parley: version, ...dependencies };
}
