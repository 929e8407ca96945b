// Idle listeners: what it costs to have them, one peer after the other.
import { setTimeout as sleep } from 'node:timers/promises';
import { requireSockets } from '../harness/machine.ts';
import { PEERS, type PeerName } from '../harness/peers.ts';
import type { Plan, Scenario } from '../harness/scenario.ts';
import { Stage } from '../harness/stage.ts';
import { type Column, type Figures, rowOf } from '../report/section.ts';

const PEERS_WITH_LISTENERS: readonly PeerName[] = ['parley', 'raw', 'stock', 'socket.io', 'mercurius', 'yoga'];
const WARM_UP = 200; // listeners that come and go first: code gets compiled and buffers made that are no listener's
const SETTLE = 3_000; // ms for garbage of the handshakes to go

const COLUMNS: readonly Column[] = [
  { key: 'memory', title: 'kB per listener', digits: 1 },
  { key: 'cpu', title: '% of a core', digits: 2 },
];

export const idle: Scenario = async (plan) => {
  const { length, peers, tell } = plan;
  requireSockets(length.idle);
  const rows = [];
  for (const name of PEERS_WITH_LISTENERS.filter((name) => peers.includes(name))) {
    tell(`idle: ${length.idle} listeners of ${name}`);
    rows.push(rowOf(name, PEERS[name].label, [await measure(name, plan)]));
  }
  const title = `${length.idle.toLocaleString('en')} idle listeners, for ${length.idleSeconds} s`;
  return [{ id: 'idle/listeners', title, columns: COLUMNS, compared: 'memory', rows }];
};

async function measure(name: PeerName, { length }: Plan): Promise<Figures> {
  const settled = () => sleep(length.name === 'tiny' ? 100 : SETTLE);
  const stage = await Stage.open(name, { rooms: 1, people: 1, past: 0 });
  try {
    await stage.gather(Math.min(WARM_UP, length.idle), settled);
    await stage.load.order('disperse');
    await settled();
    const memory = await stage.gather(length.idle, settled);
    const { cpu } = await stage.server.whileWorking(() => sleep(length.idleSeconds * 1_000));
    return { memory: memory / 1_000, cpu: (cpu / (length.idleSeconds * 1e6)) * 100 };
  } finally {
    await stage.close();
  }
}
