// `npm run test:faults`: things break while people talk. One after the other: they measure.
import { base } from './jest.base.js';

const long = process.env.PARLEY_FAULTS_LONG === 'true';

export default {
  ...base({ roots: ['faults'], backend: 'services', testTimeout: long ? 400_000 : 120_000 }),
  maxWorkers: 1,
  forceExit: true, // what a fault has broken, a socket to a process that was killed, must not hold up the end
};
