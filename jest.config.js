// `npm test`: units, contracts and stories on what needs nothing installed.
import { ABREAST, base } from './test/jest.base.js';

export default { ...base({ roots: ['unit', 'contract', 'stories'], backend: 'embedded' }), ...ABREAST };
