// Start-up: from the start of the process to its first answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PEERS, type PeerName } from '../harness/peers.ts';
import { Server } from '../harness/processes.ts';
import { type Scenario, takeTurns } from '../harness/scenario.ts';
import { createDatabase, redisUrl } from '../harness/services.ts';
import { type Column, rowOf } from '../report/section.ts';

interface Start {
  readonly who: string;
  readonly label: string;
  readonly peer: PeerName;
  env(): Promise<Record<string, string>>;
}

const COLUMNS: readonly Column[] = [{ key: 'seconds', title: 's to the first answer', digits: 2 }];

export const startUp: Scenario = async ({ length, peers, tell }) => {
  const base = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  try {
    const starts = (await startsIn(base)).filter(({ peer }) => peers.includes(peer));
    tell('start-up: once each to make the data');
    const keeping = starts.filter(({ who }) => who !== 'first');
    for (const start of keeping) await timed(start);
    tell('start-up: measured');
    const turns = await takeTurns(starts, length.rounds, async (start) => ({ seconds: await timed(start) }));
    const rows = [...turns].map(([{ who, label }, rounds]) => rowOf(who, label, rounds));
    const title = 'From the start of the process to its first answer';
    return [{ id: 'startup/first-answer', title, columns: COLUMNS, compared: 'seconds', rows }];
  } finally {
    await rm(base, { recursive: true, force: true });
  }
};

async function startsIn(base: string): Promise<Start[]> {
  const withDatabase = async () => {
    const DATABASE_URL = await createDatabase();
    return async () => ({ DATABASE_URL, REDIS_URL: redisUrl });
  };
  // As `npm start` leaves it for somebody who tries it: with the people of the demonstration.
  const embedded = (directory: string) => ({ NODE_ENV: 'development', PARLEY_DATA_DIR: directory });
  const kept = join(base, 'kept');
  return [
    { who: 'postgres', label: 'Parley, PostgreSQL', peer: 'parley', env: await withDatabase() },
    { who: 'embedded', label: 'Parley, embedded with data', peer: 'parley', env: async () => embedded(kept) },
    {
      who: 'first',
      label: 'Parley, embedded, first time',
      peer: 'parley',
      env: async () => embedded(await mkdtemp(join(base, 'first-'))),
    },
    { who: 'stock', label: 'stock NestJS, PostgreSQL', peer: 'stock', env: await withDatabase() },
  ];
}

async function timed({ peer, env }: Start): Promise<number> {
  const { entry, settings } = PEERS[peer];
  const environment = { ...settings, ...(await env()) };
  const start = performance.now();
  const server = await Server.start('server', entry, environment);
  try {
    const answer = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    if (!answer.ok) throw new Error(`The first answer was ${answer.status}: ${await answer.text()}`);
    return (performance.now() - start) / 1_000;
  } finally {
    await server.stop();
  }
}
