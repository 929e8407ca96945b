// `npm run audit:http`: the audits of the GraphQL-over-HTTP specification against a real process.
import { base } from './jest.base.js';

export default base({ roots: ['audit'], backend: 'embedded' });
