// How long and how often: short in the gate, long by `npm run test:faults -- --long`.

export const LONG = process.env.PARLEY_FAULTS_LONG === 'true';

/** The seeds of this run, made and printed by run.js: the same seed makes the same load and the same choices. */
export const SEEDS = (process.env.PARLEY_FAULTS_SEEDS ?? '1').split(',').map(Number);

/** The one number or the other. */
export const short = (few: number, { long }: { long: number }): number => (LONG ? long : few);
