// `npm run test:faults [-- --long] [--seed 7] [redis | D5 …]`: breaks things, and tells at the end what was measured. Of
// all files, those with that in their name; of all promises, those that are named.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SEEDS = { short: 1, long: 5 };

const { values, positionals } = parseArgs({
  options: { long: { type: 'boolean', default: false }, seed: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const count = values.long ? SEEDS.long : SEEDS.short;
const seeds = values.seed ?? Array.from({ length: count }, () => String(Math.floor(Math.random() * 1e9)));
console.log(`Seeds: ${seeds.join(' ')} (again with ${seeds.map((seed) => `--seed ${seed}`).join(' ')})`);

const directory = mkdtempSync(join(tmpdir(), 'parley-faults-'));
const report = join(directory, 'figures.jsonl');
const promises = positionals.filter((name) => /^[DP]\d+$/.test(name));
const files = positionals.filter((name) => !promises.includes(name));
const jest = fileURLToPath(new URL('../../node_modules/jest/bin/jest.js', import.meta.url));
const config = fileURLToPath(new URL('../jest.faults.config.js', import.meta.url));
const chosen = promises.length > 0 ? ['--testNamePattern', `(${promises.join('|')})\\b`] : [];
const { status } = spawnSync(process.execPath, [jest, '--config', config, ...files, ...chosen], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    PARLEY_FAULTS_LONG: String(values.long),
    PARLEY_FAULTS_SEEDS: seeds.join(','),
    PARLEY_FAULTS_REPORT: report,
  },
});
tell(report);
rmSync(directory, { recursive: true, force: true });
process.exitCode = status ?? 1;

function tell(file) {
  let lines;
  try {
    lines = readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return; // nothing was measured
  }
  const rows = lines
    .map((line) => JSON.parse(line))
    .flatMap(({ id, seed, figures }) =>
      figures.map(({ what, value, unit, limit }) => [
        id,
        String(seed),
        what,
        `${value} ${unit}`,
        limit === undefined ? '' : `${value <= limit ? 'within' : 'ABOVE'} ${limit}`,
      ]),
    )
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column].length)));
  console.log('\nMeasured\n');
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
