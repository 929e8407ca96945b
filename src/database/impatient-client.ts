// A connection to PostgreSQL that is given up when it does not answer. On a frozen path nothing else would tell: no FIN
// comes, and whoever waited would be told so while the pool went on handing out a connection that is stuck.
import pg from 'pg';

/** What pg says when a statement was not answered within `query_timeout`. It has no code. */
const UNANSWERED = 'Query read timeout';

type Destroyable = { connection?: { stream?: { destroy(): void } } };

export class ImpatientClient extends pg.Client {
  // pg's overloads return a promise unless a callback is given, and nobody here gives one.
  override query(...args: unknown[]): never {
    const running: unknown = super.query(...(args as [never]));
    if (running instanceof Promise) running.catch((error: Error) => this.giveUpAfter(error));
    return running as never;
  }

  private giveUpAfter(error: Error): void {
    if (error.message === UNANSWERED) (this as Destroyable).connection?.stream?.destroy(); // the pool throws it away
  }
}
