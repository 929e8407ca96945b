// The goals, and what was measured of them.
import type { Section } from './section.ts';

export interface Verdict {
  readonly goal: string;
  readonly what: string;
  readonly wanted: string;
  readonly measured: number;
  readonly unit: string;
  readonly reached: boolean;
}

interface Goal {
  readonly goal: string;
  readonly what: string;
  readonly limit: number;
  readonly direction: 'at most' | 'at least';
  readonly unit: string;
  measure(figure: Figure): number;
}

/** NaN where nothing was measured, and whatever is computed from it is NaN too. */
type Figure = (section: string, who: string, key: string) => number;

const ratio = (
  goal: string,
  what: string,
  direction: Goal['direction'],
  limit: number,
  section: string,
  key: string,
  [over, under]: readonly [string, string],
): Goal => ({
  goal,
  what,
  direction,
  limit,
  unit: '×',
  measure: (figure) => figure(section, over, key) / figure(section, under, key),
});

const absolute = (
  goal: string,
  what: string,
  limit: number,
  unit: string,
  section: string,
  who: string,
  key: string,
): Goal => ({
  goal,
  what,
  direction: 'at most',
  limit,
  unit: ` ${unit}`,
  measure: (figure) => figure(section, who, key),
});

const TWO = 'fanout/room/2';
const EIGHT = 'fanout/room/8';

const GOALS: readonly Goal[] = [
  ratio('F1', 'CPU per delivery, of raw ws.send', 'at most', 1, TWO, 'cpu', ['parley', 'raw']),
  ratio('F2', 'cheaper per delivery than stock', 'at least', 6, TWO, 'cpu', ['stock', 'parley']),
  ratio('F2', 'cheaper per delivery than socket.io', 'at least', 2.5, TWO, 'cpu', ['socket.io', 'parley']),
  ratio('F2', 'cheaper per delivery than mercurius', 'at least', 8, TWO, 'cpu', ['mercurius', 'parley']),
  ratio('F2', 'cheaper per delivery than GraphQL Yoga', 'at least', 10, TWO, 'cpu', ['yoga', 'parley']),
  ratio('F3', 'CPU per delivery in a burst, of raw frames coalesced', 'at most', 1.2, EIGHT, 'cpu', [
    'parley',
    'raw-coalesced',
  ]),
  ratio('F3', 'cheaper per delivery in a burst than stock', 'at least', 30, EIGHT, 'cpu', ['stock', 'parley']),
  ratio('F4', 'cheaper per delivery in small rooms than stock', 'at least', 4, 'fanout/rooms/2', 'cpu', [
    'stock',
    'parley',
  ]),
  ratio('F5', 'p99 of stock’s at a steady rate', 'at most', 1 / 3, 'fanout/room/steady', 'p99', ['parley', 'stock']),
  absolute('F6', 'memory of an idle listener', 25, 'kB', 'idle/listeners', 'parley', 'memory'),
  absolute('F6', 'CPU for all idle listeners', 3, '% of a core', 'idle/listeners', 'parley', 'cpu'),
  ratio('F7', 'more messages/s into one hot room than stock', 'at least', 10, 'send/hot', 'rate', ['parley', 'stock']),
  ratio('F8', 'cheaper per page than authors populated', 'at least', 3.2, 'history/page', 'cpu', [
    'populated',
    'parley',
  ]),
  ratio('F8', 'cheaper per page than a loader', 'at least', 5, 'history/page', 'cpu', ['loaded', 'parley']),
  absolute('F9', 'first answer, PostgreSQL', 1, 's', 'startup/first-answer', 'postgres', 'seconds'),
  absolute('F9', 'first answer, embedded with data', 1.5, 's', 'startup/first-answer', 'embedded', 'seconds'),
  absolute('F9', 'first answer, embedded, first time', 2, 's', 'startup/first-answer', 'first', 'seconds'),
];

/** Only of goals that something was measured for. */
export function judge(sections: readonly Section[]): Verdict[] {
  const figure: Figure = (id, who, key) =>
    sections.find((section) => section.id === id)?.rows.find((row) => row.who === who)?.figures[key] ?? Number.NaN;
  return GOALS.map(({ goal, what, direction, limit, unit, measure }) => {
    const measured = measure(figure);
    const reached = direction === 'at most' ? measured <= limit : measured >= limit;
    return { goal, what, wanted: `${direction} ${Number(limit.toFixed(2))}${unit}`, measured, unit, reached };
  }).filter(({ measured }) => !Number.isNaN(measured));
}
