// Statements that cost more to plan than to run: each connection keeps their plan. For texts of which there are few, and
// whose best plan is the same whatever the values are.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';

const MARK = '/* planned once */';

/** Stands at the head of such a statement. */
export const plannedOnce = sql.raw(MARK);

const names = new Map<string, string>();

/** What a connection calls the statement; null: it is planned anew each time. */
export function nameOf(text: string): string | null {
  if (!text.startsWith(MARK)) return null;
  let name = names.get(text);
  if (name === undefined) {
    name = `parley_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
    names.set(text, name);
  }
  return name;
}
