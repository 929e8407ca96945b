// How much is measured. The sizes are goals' sizes at full length; a short run is for a first look, a tiny one for trying the bench.
export interface Length {
  readonly name: 'tiny' | 'short' | 'full';
  /** Peers take turns this many times; what is printed are medians. */
  readonly rounds: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** Before the first round of each: code that has not run yet is not compiled yet. */
  readonly warmUp: number;
  /** Listeners in the one room that most goals are about. */
  readonly room: number;
  /** Listeners in a larger one; 0 leaves it out. */
  readonly crowd: number;
  readonly rooms: { readonly count: number; readonly listeners: number };
  readonly steadyPerSecond: number;
  readonly steadySeconds: number;
  readonly sendConnections: number;
  readonly past: number;
  readonly idle: number;
  readonly idleSeconds: number;
}

export const LENGTHS: Readonly<Record<Length['name'], Length>> = {
  tiny: {
    name: 'tiny',
    rounds: 1,
    seconds: 0.5,
    warmUp: 0.25,
    room: 50,
    crowd: 0,
    rooms: { count: 5, listeners: 4 },
    steadyPerSecond: 500,
    steadySeconds: 1,
    sendConnections: 8,
    past: 60,
    idle: 100,
    idleSeconds: 1,
  },
  short: {
    name: 'short',
    rounds: 2,
    seconds: 1,
    warmUp: 1.5,
    room: 1_000,
    crowd: 0,
    rooms: { count: 100, listeners: 10 },
    steadyPerSecond: 10_000,
    steadySeconds: 3,
    sendConnections: 64,
    past: 1_000,
    idle: 2_000,
    idleSeconds: 5,
  },
  full: {
    name: 'full',
    rounds: 5,
    seconds: 5,
    warmUp: 4,
    room: 1_000,
    crowd: 5_000,
    rooms: { count: 100, listeners: 10 },
    steadyPerSecond: 10_000,
    steadySeconds: 10,
    sendConnections: 64,
    past: 10_000,
    idle: 10_000,
    idleSeconds: 60,
  },
};
