// What a key may do, in words.
import type { AccessScope } from 'parley/client';

export const SCOPES: Record<AccessScope, string> = { READ: 'Read only', WRITE: 'Read and write' };
