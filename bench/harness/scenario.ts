// What a scenario is given, and how contestants take turns.
import type { Section } from '../report/section.ts';
import type { Length } from './lengths.ts';
import type { PeerName } from './peers.ts';

export interface Plan {
  readonly length: Length;
  readonly peers: readonly PeerName[];
  /** Tells whoever waits what is going on. */
  tell(text: string): void;
}

export type Scenario = (plan: Plan) => Promise<Section[]>;

/** Each in turn, and again, another one first each time: what the machine does meanwhile hits all alike. */
export async function takeTurns<T, R>(
  contestants: readonly T[],
  rounds: number,
  measure: (contestant: T, round: number) => Promise<R>,
): Promise<Map<T, R[]>> {
  const results = new Map<T, R[]>(contestants.map((contestant) => [contestant, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const contestant = contestants[(turn + round) % contestants.length] as T;
      results.get(contestant)?.push(await measure(contestant, round));
    }
  }
  return results;
}

export async function withAll<T extends { close(): Promise<void> }, R>(
  openings: readonly (() => Promise<T>)[],
  work: (opened: readonly T[]) => Promise<R>,
): Promise<R> {
  const opened: T[] = [];
  try {
    for (const open of openings) opened.push(await open());
    return await work(opened);
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}
