// Pages over an ordered list by the sort keys of their last row: nothing is skipped or doubled while rows come and go.
import { type RawBuilder, sql } from 'kysely';
import type { PageRequest } from '../core/connection.js';

type Fragment = RawBuilder<unknown>;

export interface Keyset {
  /** Rows on the far side of the cursor, in the direction of reading. */
  readonly where: Fragment;
  /** Rows on the near side of the cursor, itself included: what tells whether the page has a neighbour there. */
  readonly behind: Fragment;
  readonly orderBy: Fragment;
}

/** All columns in the same direction, the last one unique. */
export function keyset(columns: Fragment[], order: 'asc' | 'desc', page: PageRequest, keys: Fragment[] | null): Keyset {
  const rising = (order === 'asc') !== page.backward;
  const tuple = sql`(${sql.join(columns)})`;
  const direction = sql.raw(rising ? 'asc' : 'desc');
  return {
    where: keys ? sql`${tuple} ${sql.raw(rising ? '>' : '<')} (${sql.join(keys)})` : sql`true`,
    behind: keys ? sql`${tuple} ${sql.raw(rising ? '<=' : '>=')} (${sql.join(keys)})` : sql`false`,
    orderBy: sql.join(columns.map((column) => sql`${column} ${direction}`)),
  };
}
