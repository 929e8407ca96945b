// `npm run test:services`: the same stories and contracts on PostgreSQL and Redis, with two processes; and what can only
// be done to a database that others can enter as well.
import { ABREAST, base } from './jest.base.js';

export default { ...base({ roots: ['contract', 'stories', 'services'], backend: 'services' }), ...ABREAST };
