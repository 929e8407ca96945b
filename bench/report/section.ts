// What a scenario brings home: figures by contestant, each the median of its rounds.
import { median } from '../load/statistics.ts';

export type Figures = Readonly<Record<string, number>>;

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly digits: number;
}

export interface Row {
  readonly who: string;
  readonly label: string;
  readonly figures: Figures;
  readonly rounds: readonly Figures[];
}

export interface Section {
  /** What the goals find it by, whatever the sizes were. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** The column whose ratio to ours is told. */
  readonly compared: string;
  readonly rows: readonly Row[];
}

export function rowOf(who: string, label: string, rounds: readonly Figures[]): Row {
  const keys = Object.keys(rounds[0] ?? {});
  const figures = Object.fromEntries(keys.map((key) => [key, median(rounds.map((round) => round[key] as number))]));
  return { who, label, figures, rounds };
}
