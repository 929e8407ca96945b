// npm run bench: reads what is wanted, measures it, prints it, keeps it.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LENGTHS } from './harness/lengths.ts';
import { surroundings } from './harness/machine.ts';
import { PARLEY_MAIN, PEER_NAMES, type PeerName } from './harness/peers.ts';
import { killEverything } from './harness/processes.ts';
import type { Scenario } from './harness/scenario.ts';
import { dropDatabases, inspectServices } from './harness/services.ts';
import { buildStock } from './peers/stock/build.ts';
import { judge } from './report/goals.ts';
import { renderPage } from './report/page.ts';
import { peerVersions, readBest, save } from './report/results.ts';
import type { Section } from './report/section.ts';
import { plain, sectionTable, verdictTable } from './report/tables.ts';
import { fanOut } from './scenarios/fan-out.ts';
import { history } from './scenarios/history.ts';
import { idle } from './scenarios/idle.ts';
import { send } from './scenarios/send.ts';
import { startUp } from './scenarios/start-up.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = { fanout: fanOut, send, history, idle, startup: startUp };

const USAGE = `npm run bench -- [${Object.keys(SCENARIOS).join('] [')}] [--full | --tiny] [--peers a,b] [--render]

  without names   every scenario, one after the other
  --full          all sizes and more rounds: about an hour
  --tiny          a few listeners for a moment: to try the bench, not to measure
  --peers         only these: ${PEER_NAMES.join(', ')}
  --render        measure nothing; write the newest full results, else short ones, into docs/performance.md
`;

interface Wish {
  readonly scenarios: readonly string[];
  readonly length: keyof typeof LENGTHS;
  readonly peers: readonly PeerName[];
  readonly render: boolean;
}

function readWish(): Wish {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      tiny: { type: 'boolean', default: false },
      peers: { type: 'string', default: PEER_NAMES.join(',') },
      render: { type: 'boolean', default: false },
    },
  });
  const peers = values.peers.split(',') as PeerName[];
  const unknown = [
    ...positionals.filter((name) => !(name in SCENARIOS)),
    ...peers.filter((name) => !PEER_NAMES.includes(name)),
  ];
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')} here`);
  const length = values.full ? 'full' : values.tiny ? 'tiny' : 'short';
  return {
    scenarios: positionals.length > 0 ? positionals : Object.keys(SCENARIOS),
    length,
    peers,
    render: values.render,
  };
}

function print(sections: readonly Section[]): void {
  for (const section of sections) console.log(`\n${section.title}\n\n${plain(sectionTable(section))}`);
}

async function measure({ scenarios, length, peers }: Wish): Promise<void> {
  if (!existsSync(PARLEY_MAIN)) throw new Error('dist/ is missing: npm run build:server');
  await buildStock();
  const services = await inspectServices();
  const shared = { length: LENGTHS[length], surroundings: surroundings(), services, versions: peerVersions() };
  const all: Section[] = [];
  for (const scenario of scenarios) {
    const tell = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
    const sections = (await SCENARIOS[scenario]?.({ length: LENGTHS[length], peers, tell })) ?? [];
    await dropDatabases();
    await save({ scenario, ...shared, sections });
    print(sections);
    all.push(...sections);
  }
  const verdicts = judge(all);
  if (verdicts.length > 0) console.log(`\nGoals\n\n${plain(verdictTable(verdicts))}`);
}

async function leave(): Promise<void> {
  killEverything();
  await dropDatabases().catch((error) => console.error(`Databases of this run may be left: ${error}`));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void leave().then(() => process.exit(1)));
}

let wish: Wish;
try {
  wish = readWish();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exit(2);
}
try {
  if (wish.render) await renderPage(await readBest(Object.keys(SCENARIOS)));
  else await measure(wish);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await leave();
}
