// Sections and verdicts as tables, for a terminal and for a page.
import type { Verdict } from './goals.ts';
import type { Section } from './section.ts';

export type Table = readonly (readonly string[])[];

const OURS = 'parley';

const shown = (value: number | undefined, digits: number): string =>
  value === undefined || Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function sectionTable({ columns, compared, rows }: Section): Table {
  const ours = rows.find(({ who }) => who === OURS)?.figures[compared];
  const title = columns.find(({ key }) => key === compared)?.title ?? compared;
  const head = ['', ...columns.map((column) => column.title), ...(ours === undefined ? [] : [`${title} ÷ ours`])];
  const body = rows.map(({ label, figures }) => [
    label,
    ...columns.map(({ key, digits }) => shown(figures[key], digits)),
    ...(ours === undefined ? [] : [`${shown((figures[compared] ?? Number.NaN) / ours, 2)}×`]),
  ]);
  return [head, ...body];
}

export const verdictTable = (verdicts: readonly Verdict[]): Table => [
  ['goal', 'what', 'wanted', 'measured', ''],
  ...verdicts.map(({ goal, what, wanted, measured, unit, reached }) => [
    goal,
    what,
    wanted,
    `${shown(measured, 2)}${unit}`,
    reached ? 'reached' : 'missed',
  ]),
];

export function plain(table: Table): string {
  const columns = (table[0] ?? []).map((_, column) => ({
    width: Math.max(...table.map((row) => row[column]?.length ?? 0)),
    numeric: isNumeric(table, column),
  }));
  const cellOf = (cell: string, column: number) => {
    const { width, numeric } = columns[column] ?? { width: 0, numeric: false };
    return numeric ? cell.padStart(width) : cell.padEnd(width);
  };
  return table.map((row) => row.map(cellOf).join('  ').trimEnd()).join('\n');
}

export function markdown(table: Table): string {
  const [head = [], ...body] = table;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((_, column) => (isNumeric(table, column) ? '---:' : '---'))),
    ...body.map(line),
  ].join('\n');
}

const isNumeric = ([, ...body]: Table, column: number): boolean =>
  body.every((row) => /^[-–\d]/.test(row[column] ?? ''));
