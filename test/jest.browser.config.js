// `npm run test:browser`: two people in a real browser.
import { base } from './jest.base.js';

export default base({ roots: ['browser'], backend: 'embedded', testTimeout: 60_000 });
