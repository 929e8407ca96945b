// Sending: messages that are kept, from many connections over HTTP, each with a session that is checked.
import type { PeerName } from '../harness/peers.ts';
import { type Plan, type Scenario, takeTurns, withAll } from '../harness/scenario.ts';
import { Stage } from '../harness/stage.ts';
import type { RequestPlan } from '../load/requests.ts';
import { type Column, type Figures, rowOf, type Section } from '../report/section.ts';

const PEOPLE = 8; // whose sessions the connections share: making an account is slow on purpose
const ROOMS = 100;

const ASK: Partial<Record<PeerName, RequestPlan['ask']>> = { parley: 'send: parley', stock: 'send: stock' };

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'messages/s', digits: 0 },
  { key: 'cpu', title: 'CPU µs per message', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
  { key: 'load', title: 'load client %', digits: 0 },
];

export const send: Scenario = async (plan) => {
  const names = (Object.keys(ASK) as PeerName[]).filter((name) => plan.peers.includes(name));
  const openings = names.map((name) => () => {
    plan.tell(`send: ${name} opens`);
    return Stage.open(name, { rooms: ROOMS, people: PEOPLE, past: 0 });
  });
  return withAll(openings, async (stages) => [
    await measure(stages, 'hot', 'one hot room', 1, plan),
    await measure(stages, 'rooms', `${ROOMS} rooms`, ROOMS, plan),
  ]);
};

async function measure(
  stages: readonly Stage[],
  id: string,
  where: string,
  rooms: number,
  { length, tell }: Plan,
): Promise<Section> {
  const title = `Sends into ${where} from ${length.sendConnections} connections`;
  tell(`  ${title}`);
  const turns = await takeTurns(stages, length.rounds, async (stage, round) => {
    if (round === 0) await once(stage, rooms, length.sendConnections, length.warmUp);
    return once(stage, rooms, length.sendConnections, length.seconds);
  });
  const rows = [...turns].map(([{ name, peer }, rounds]) => rowOf(name, peer.label, rounds));
  return { id: `send/${id}`, title, columns: COLUMNS, compared: 'rate', rows };
}

async function once(stage: Stage, rooms: number, connections: number, seconds: number): Promise<Figures> {
  const { cpu, result } = await stage.server.whileWorking(() =>
    stage.load.order('ask', {
      port: stage.server.port,
      ask: ASK[stage.name] as RequestPlan['ask'],
      cookies: stage.cookies,
      rooms: stage.rooms.slice(0, rooms),
      connections,
      seconds,
    }),
  );
  return {
    rate: result.requests / result.seconds,
    cpu: cpu / result.requests,
    p50: result.p50,
    p99: result.p99,
    load: result.loadBusy * 100,
  };
}
