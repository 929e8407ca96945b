// History: the newest page of a room with the authors, as ours reads it and as the ORM does in two ways.
import type { PeerName } from '../harness/peers.ts';
import { type Scenario, takeTurns, withAll } from '../harness/scenario.ts';
import { Stage } from '../harness/stage.ts';
import { HISTORY_PAGE } from '../load/dialects.ts';
import type { RequestPlan } from '../load/requests.ts';
import { type Column, type Figures, rowOf } from '../report/section.ts';

const PEOPLE = 10; // authors of a page
const CONNECTIONS = 8;

interface Reading {
  readonly who: string;
  readonly label: string;
  readonly peer: PeerName;
  readonly ask: RequestPlan['ask'];
}

const READINGS: readonly Reading[] = [
  { who: 'parley', label: 'Parley', peer: 'parley', ask: 'history: parley' },
  { who: 'populated', label: 'stock NestJS, authors populated', peer: 'stock', ask: 'history: populated' },
  { who: 'loaded', label: 'stock NestJS, a loader for authors', peer: 'stock', ask: 'history: loaded' },
];

const COLUMNS: readonly Column[] = [
  { key: 'cpu', title: 'CPU µs per page', digits: 0 },
  { key: 'rate', title: 'pages/s', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
];

export const history: Scenario = async ({ peers, length, tell }) => {
  const readings = READINGS.filter(({ peer }) => peers.includes(peer));
  const openings = [...new Set(readings.map(({ peer }) => peer))].map((name) => () => {
    tell(`history: ${name} opens`);
    return Stage.open(name, { rooms: 1, people: PEOPLE, past: length.past });
  });
  return withAll(openings, async (stages) => {
    const title = `A page of ${HISTORY_PAGE} messages with authors, ${CONNECTIONS} connections`;
    tell(`  ${title}`);
    const turns = await takeTurns(readings, length.rounds, async ({ peer, ask }, round) => {
      const stage = stages.find(({ name }) => name === peer);
      if (!stage) throw new Error(`${peer} is not on stage`);
      if (round === 0) await once(stage, ask, length.warmUp);
      return once(stage, ask, length.seconds);
    });
    const rows = [...turns].map(([{ who, label }, rounds]) => rowOf(who, label, rounds));
    return [{ id: 'history/page', title, columns: COLUMNS, compared: 'cpu', rows }];
  });
};

async function once(stage: Stage, ask: RequestPlan['ask'], seconds: number): Promise<Figures> {
  const { cookies, rooms, server } = stage;
  const { cpu, result } = await server.whileWorking(() =>
    stage.load.order('ask', { port: server.port, ask, cookies, rooms, connections: CONNECTIONS, seconds }),
  );
  return { cpu: cpu / result.requests, rate: result.requests / result.seconds, p50: result.p50, p99: result.p99 };
}
