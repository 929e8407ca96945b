// Statements that cost more to plan than to run: each connection keeps their plan. For texts of which there are few, and
// whose best plan is the same whatever the values are.
import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';

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

/** The embedded database has one connection, and its driver no word for this: there it is said in SQL. */
export class KeptPlans {
  private readonly prepared = new Map<string, Promise<unknown>>();

  constructor(private readonly pool: Kysely<unknown>) {}

  async run<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    const compiled = statement.compile(this.pool);
    const name = nameOf(compiled.sql);
    if (name === null) return (await this.pool.executeQuery(compiled)).rows;
    await this.prepare(name, compiled.sql);
    const values = compiled.parameters.map(literal).join(', ');
    return (await sql.raw<Row>(`execute ${name}(${values})`).execute(this.pool)).rows;
  }

  private prepare(name: string, text: string): Promise<unknown> {
    let preparing = this.prepared.get(name);
    if (!preparing) {
      preparing = sql.raw(`prepare ${name} as ${text}`).execute(this.pool);
      preparing.catch(() => this.prepared.delete(name));
      this.prepared.set(name, preparing);
    }
    return preparing;
  }
}

function literal(value: unknown): string {
  if (typeof value !== 'string')
    throw new Error('A statement that is planned once takes texts: have it read others from JSON');
  return `'${value.replaceAll("'", "''")}'`;
}
