// `npm run test:services`: the same stories and contracts on PostgreSQL and Redis, with two processes.
import { base } from './jest.base.js';

export default base({ roots: ['contract', 'stories'], backend: 'services' });
