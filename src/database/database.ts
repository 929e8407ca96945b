// Units of work. `read` and `write` fork the EntityManager for exactly one service method; a unit inside another joins it.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Kysely, RawBuilder } from 'kysely';
import { ChatError, unavailable } from '../core/errors.js';
import { log, Rationed } from '../core/logging.js';
import { Orm } from './orm.js';
import { KeptPlans } from './planned-once.js';

/** One unit of work: what is read and written in it belongs together. Never outlives its callback. */
export interface Unit {
  readonly em: EntityManager;
  /** Runs one SQL statement with bound parameters, inside this unit. Moments come back as text. */
  query<Row>(statement: RawBuilder<Row>): Promise<Row[]>;
  /** Runs once the outermost write has committed, never when it rolled back. */
  afterCommit(task: () => void): void;
}

class RunningUnit implements Unit {
  open = true;
  readonly tasks: (() => void)[] = [];
  private readonly executor: Kysely<unknown>;

  constructor(
    readonly em: EntityManager,
    readonly writes: boolean,
  ) {
    this.executor = em.getKysely<unknown>();
  }

  async query<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    return (await statement.execute(this.executor)).rows;
  }

  afterCommit(task: () => void): void {
    this.tasks.push(task);
  }
}

@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly running = new AsyncLocalStorage<RunningUnit>();
  private readonly rationed = new Rationed();
  private readonly pool: Kysely<unknown>;
  private readonly plans: KeptPlans | null;
  private readonly units = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly orm: Orm) {
    this.pool = orm.fork().getKysely<unknown>();
    this.plans = orm.embedded ? new KeptPlans(this.pool) : null;
  }

  /** Reads outside a transaction: each statement sees the newest committed state. */
  async read<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const outer = this.outer();
    if (outer) return work(outer);
    return this.run(new RunningUnit(this.orm.fork(), false), work);
  }

  /**
   * Writes in one transaction (READ COMMITTED). Lock rooms first, in id order, then memberships, then the rest; nothing
   * inside may take another connection, so a `read` or `write` called within joins this one.
   */
  async write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const outer = this.outer();
    if (outer?.writes) return work(outer);
    let tasks: (() => void)[] = [];
    const result = await this.translated(() => {
      const em = this.orm.fork();
      // Not the ORM's own `transactional`: a connection whose `begin` fails would never come back to the pool.
      return em
        .getKysely()
        .transaction()
        .execute((transaction) => {
          em.setTransactionContext(transaction);
          const unit = new RunningUnit(em, true);
          tasks = unit.tasks;
          return this.inside(unit, work);
        });
    });
    for (const task of tasks) this.running.exit(task);
    return result;
  }

  /** One statement that is a unit of its own: it commits by itself, in one round trip. No unit is made for it. */
  async statement<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    const outer = this.outer();
    if (outer) return outer.query(statement);
    const { plans } = this;
    return this.translated(async () => (plans ? plans.run(statement) : (await statement.execute(this.pool)).rows));
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  /**
   * Refuses what comes, and closes when what is running has ended. Not before: a connection that is handed out while the
   * pool is being closed never comes back, and the pool waits for it for ever.
   */
  close(): Promise<void> {
    this.closing ??= Promise.allSettled(this.units).then(() => this.orm.close());
    return this.closing;
  }

  private outer(): RunningUnit | undefined {
    const unit = this.running.getStore();
    // A promise that was started inside a unit and goes on after it must not use what is closed.
    return unit?.open ? unit : undefined;
  }

  private run<T>(unit: RunningUnit, work: (unit: Unit) => Promise<T>): Promise<T> {
    return this.translated(() => this.inside(unit, work));
  }

  private async inside<T>(unit: RunningUnit, work: (unit: Unit) => Promise<T>): Promise<T> {
    try {
      return await this.running.run(unit, () => work(unit));
    } finally {
      unit.open = false;
    }
  }

  /** A database that is away is not an internal error: it is safe to ask again. */
  private async translated<T>(run: () => Promise<T>): Promise<T> {
    if (this.closing) throw unavailable();
    const unit = run();
    this.units.add(unit);
    try {
      return await unit;
    } catch (error) {
      if (error instanceof ChatError || !isAway(error)) throw error;
      this.rationed.line('away', (heldBack) => log.error({ err: error, heldBack }, 'The database does not answer'));
      throw unavailable();
    } finally {
      this.units.delete(unit);
    }
  }
}

/** The code of PostgreSQL or of the system, however deep the libraries have wrapped it. */
export function codeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}

const AWAY = new Set([
  '57014', // statement_timeout
  '55P03', // lock_timeout
  '53300', // too many connections
  '40001', // serialization failure
  '40P01', // deadlock
  '25006', // read only: it has just become the standby of another
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** What pg says without a code. */
const WITHOUT_CODE =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error and is not queryable/;

/** Whether asking again later may help. */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return AWAY.has(code) || code.startsWith('08') || code.startsWith('57P');
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (WITHOUT_CODE.test(cause.message)) return true;
  return false;
}

/** Somebody else was first: the row that this one would double already exists. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (codeOf(error) !== '23505') return false;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint' in cause && cause.constraint === constraint) return true;
    if (cause.message.includes(constraint)) return true;
  }
  return false;
}

/** A moment as the driver hands it out, as a Date. */
export const moment = (text: string): Date => new Date(text);
export const momentOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
