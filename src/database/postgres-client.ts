// A connection to PostgreSQL that plans what is asked again and again only once, and that is given up when it does not
// answer. On a frozen path nothing else would tell: no FIN comes, and whoever waited would be told so while the pool went
// on handing out a connection that is stuck.
import pg from 'pg';
import { nameOf } from './planned-once.js';

/** What pg says when a statement was not answered within `query_timeout`. It has no code. */
const UNANSWERED = 'Query read timeout';

type Destroyable = { connection?: { stream?: { destroy(): void } } };

export class PostgresClient extends pg.Client {
  // pg's overloads return a promise unless a callback is given, and nobody here gives one.
  override query(...args: unknown[]): never {
    const running: unknown = super.query(...(this.prepared(args) as [never]));
    if (running instanceof Promise) running.catch((error: Error) => this.giveUpAfter(error));
    return running as never;
  }

  /** The way in which prepared statements of that name are asked for, on whichever connection. */
  protected prepared(args: unknown[]): unknown[] {
    const [text, values] = args;
    const name = typeof text === 'string' ? nameOf(text) : null;
    return name === null ? args : [{ name, text, values }];
  }

  private giveUpAfter(error: Error): void {
    if (error.message === UNANSWERED) (this as Destroyable).connection?.stream?.destroy(); // the pool throws it away
  }
}

/** Behind a pooler that gives each transaction another connection, and knows nothing of prepared statements. */
export class UnpreparedClient extends PostgresClient {
  protected override prepared(args: unknown[]): unknown[] {
    return args;
  }
}
