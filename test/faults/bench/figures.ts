// What was measured: told beside what is promised, and gathered for the table at the end of a run.
import { appendFileSync } from 'node:fs';

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The most that is promised. */
  readonly limit?: number;
}

/** One line of the table. `id` is that of the promise, such as D5. */
export function report(id: string, seed: number, figures: readonly Figure[]): void {
  const file = process.env.PARLEY_FAULTS_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify({ id, seed, figures })}\n`);
}

export const figure = (what: string, value: number, unit: string, limit?: number): Figure => ({
  what,
  value: Math.round(value),
  unit,
  ...(limit === undefined ? {} : { limit }),
});

/** The value below which this share of them lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
