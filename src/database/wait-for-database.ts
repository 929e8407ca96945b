// At start: waits for a PostgreSQL that is only starting itself, with a bound; and says in a sentence what is wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { hidden, type Settings } from '../config/config.js';
import { CannotStart } from '../core/cannot-start.js';
import { log } from '../core/logging.js';
import { codeOf, isAway } from './database.js';
import type { Orm } from './orm.js';

const AGAIN_AFTER = 250; // ms

/** Sentence for the person who started the process. */
export class DatabaseUnusable extends CannotStart {}

export async function untilItAnswers(orm: Orm, { databaseUrl, databaseWait }: Settings): Promise<void> {
  if (databaseUrl === null) return;
  const deadline = performance.now() + databaseWait;
  for (let tries = 1; ; tries += 1) {
    try {
      await sql`select 1`.execute(orm.fork().getKysely());
      return;
    } catch (error) {
      if (!isAway(error)) throw new DatabaseUnusable(`${refusal(error)} ${at(databaseUrl)}`);
      if (performance.now() > deadline) {
        const because = codeOf(error) ?? 'no answer';
        throw new DatabaseUnusable(
          `PostgreSQL did not answer within PARLEY_DATABASE_WAIT (${because}). Is it running? ${at(databaseUrl)}`,
        );
      }
      if (tries === 1) log.warn({ because: codeOf(error) }, 'Waiting for PostgreSQL');
      await sleep(AGAIN_AFTER);
    }
  }
}

/** PostgreSQL's own words name the role or the database, never the password. */
const refusal = (error: unknown): string =>
  `PostgreSQL refuses: ${error instanceof Error ? error.message.replaceAll('\n', ' ') : 'unknown reason'}.`;

const at = (url: string): string => `DATABASE_URL is "${hidden(url)}". Leave it out to use the embedded database.`;
