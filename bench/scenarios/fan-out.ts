// Fan-out: what it costs to tell many what one has said, and how soon they hear it.
import { setTimeout as sleep } from 'node:timers/promises';
import { requireSockets } from '../harness/machine.ts';
import { PEER_NAMES } from '../harness/peers.ts';
import { type Plan, type Scenario, takeTurns, withAll } from '../harness/scenario.ts';
import { Stage } from '../harness/stage.ts';
import type { Heard } from '../load/audience.ts';
import { type Column, type Figures, rowOf, type Section } from '../report/section.ts';

interface Shape {
  readonly id: string;
  readonly rooms: number;
  readonly listeners: number;
  readonly title: string;
  readonly inFlight: readonly number[];
  readonly steady: boolean;
}

/** Someone on stage with an audience. */
interface Playing {
  readonly stage: Stage;
  readonly bytesPerListener: number;
  close(): Promise<void>;
}

/** One of the things that are measured with the same audience. */
interface Piece {
  readonly id: string;
  readonly title: string;
  readonly compared: string;
  readonly seconds: number;
  play(stage: Stage, seconds: number): Promise<Heard>;
}

const SETTLE = 1_000; // ms for garbage of the handshakes to go

const COLUMNS: readonly Column[] = [
  { key: 'cpu', title: 'CPU µs per delivery', digits: 2 },
  { key: 'rate', title: 'deliveries/s', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
  { key: 'memory', title: 'kB per listener', digits: 1 },
  { key: 'load', title: 'load client %', digits: 0 },
];

export const fanOut: Scenario = async (plan) => {
  const sections: Section[] = [];
  for (const shape of shapesOf(plan)) {
    plan.tell(`fan-out: ${shape.title}`);
    requireSockets(shape.rooms * shape.listeners);
    const openings = PEER_NAMES.filter((name) => plan.peers.includes(name)).map((name) => () => {
      plan.tell(`  ${name} opens`);
      return play(name, shape);
    });
    await withAll(openings, async (playing) => {
      for (const piece of piecesOf(shape, plan)) sections.push(await measure(playing, shape, piece, plan));
    });
  }
  return sections;
};

function shapesOf({ length }: Plan): Shape[] {
  const number = (value: number) => value.toLocaleString('en');
  const room = (id: string, listeners: number): Shape => ({
    id,
    rooms: 1,
    listeners,
    title: `${number(listeners)} listeners in one room`,
    inFlight: [2, 8],
    steady: true,
  });
  const { rooms } = length;
  const shapes = [room('room', length.room), room('crowd', length.crowd)].filter((shape) => shape.listeners > 0);
  const title = `${number(rooms.count)} rooms with ${number(rooms.listeners)} listeners each`;
  return [
    ...shapes,
    { id: 'rooms', rooms: rooms.count, listeners: rooms.listeners, title, inFlight: [2, 8], steady: false },
  ];
}

async function play(name: Stage['name'], shape: Shape): Promise<Playing> {
  const stage = await Stage.open(name, { rooms: shape.rooms, people: 1, past: 0 }, 'another door');
  try {
    const bytesPerListener = await stage.gather(shape.listeners, () => sleep(SETTLE));
    return { stage, bytesPerListener, close: () => stage.close() };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

function piecesOf(shape: Shape, { length }: Plan): Piece[] {
  const pieces = shape.inFlight.map(
    (count): Piece => ({
      id: String(count),
      title: `${count} events in flight`,
      compared: 'cpu',
      seconds: length.seconds,
      play: (stage, seconds) => stage.load.order('inFlight', count, seconds),
    }),
  );
  if (!shape.steady) return pieces;
  const steady: Piece = {
    id: 'steady',
    title: `a steady ${length.steadyPerSecond.toLocaleString('en')} deliveries/s`,
    compared: 'p99',
    seconds: length.steadySeconds,
    play: (stage, seconds) => stage.load.order('steady', length.steadyPerSecond, seconds),
  };
  return [...pieces, steady];
}

async function measure(playing: readonly Playing[], shape: Shape, piece: Piece, plan: Plan): Promise<Section> {
  plan.tell(`  ${piece.title}`);
  const turns = await takeTurns(playing, plan.length.rounds, async ({ stage, bytesPerListener }, round) => {
    if (round === 0) await piece.play(stage, plan.length.warmUp);
    const { cpu, result } = await stage.server.whileWorking(() => piece.play(stage, piece.seconds));
    return figuresOf(result, cpu, bytesPerListener);
  });
  const rows = [...turns].map(([{ stage }, rounds]) => rowOf(stage.name, stage.peer.label, rounds));
  const title = `${shape.title}, ${piece.title}`;
  return { id: `fanout/${shape.id}/${piece.id}`, title, columns: COLUMNS, compared: piece.compared, rows };
}

const figuresOf = (heard: Heard, cpu: number, bytesPerListener: number): Figures => ({
  cpu: cpu / heard.deliveries,
  rate: heard.deliveries / heard.seconds,
  p50: heard.p50,
  p99: heard.p99,
  memory: bytesPerListener / 1_000,
  load: heard.loadBusy * 100,
});
