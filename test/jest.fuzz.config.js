// `npm run test:fuzz`: nonsense at both doors of a real process. FUZZ_RUNS sets how much, FUZZ_SEED repeats one that failed.
import { base } from './jest.base.js';

export default base({ roots: ['fuzz'], backend: 'embedded', testTimeout: 3_600_000 });
