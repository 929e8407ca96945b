// The part of a process that sends, alone with its database and without doors: for what only can be seen from within.
import { randomBytes, randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { EventBus } from '../../src/bus/event-bus.js';
import { readSettings } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { Orm } from '../../src/database/orm.js';
import { entities } from '../../src/entities.js';
import type { Message } from '../../src/messages/message.model.js';
import { SendQueue } from '../../src/messages/send-queue.js';
import type { RoomEvent } from '../../src/rooms/room.events.js';
import { RoomLog } from '../../src/rooms/room-log.js';
import { ownData } from './house.js';

/** Counts, and can be told to fail. */
class ObservedDatabase extends Database {
  statements = 0;
  beforeEach: (statement: RawBuilder<unknown>) => Promise<void> = async () => {};

  override async statement<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    this.statements += 1;
    await this.beforeEach(statement);
    return super.statement(statement);
  }
}

export class Sending {
  readonly database: ObservedDatabase;
  readonly queue: SendQueue;
  readonly told: RoomEvent[] = [];

  private constructor(
    readonly orm: Orm,
    private readonly environment: Record<string, string>,
    private readonly cleanUp: () => Promise<void>,
  ) {
    this.database = new ObservedDatabase(orm);
    const bus = { publish: (_: unknown, event: RoomEvent) => this.told.push(event) } as unknown as EventBus;
    this.queue = new SendQueue(this.database, new RoomLog(this.database, bus));
  }

  static async open(): Promise<Sending> {
    const { environment, cleanUp } = await ownData();
    const { settings } = readSettings(environment);
    const orm = await Orm.open(settings, entities);
    await migrate(orm, () => Orm.openPatient(settings, entities));
    return new Sending(orm, environment, cleanUp);
  }

  /** As another process over the same database. */
  async another(): Promise<Sending> {
    const orm = await Orm.open(readSettings(this.environment).settings, entities);
    return new Sending(orm, this.environment, async () => {});
  }

  async close(): Promise<void> {
    await this.queue.beforeApplicationShutdown();
    await this.orm.close();
    await this.cleanUp();
  }

  async person(): Promise<string> {
    const id = randomUUID();
    const name = `person-${randomBytes(6).toString('hex')}`;
    await this.run(
      sql`insert into users (id, username, display_name, password_hash) values (${id}, ${name}, 'Somebody', '')`,
    );
    return id;
  }

  async room(members: string[], { kind = 'PRIVATE', archived = false } = {}): Promise<string> {
    const id = randomUUID();
    await this.run(
      sql`insert into rooms (id, kind, name, archived_at)
          values (${id}, ${kind}, 'garden', ${archived ? new Date().toISOString() : null}::timestamptz)`,
    );
    for (const member of members) {
      await this.run(
        sql`insert into memberships (id, room_id, user_id, role) values (${randomUUID()}, ${id}, ${member}, 2)`,
      );
    }
    return id;
  }

  send(roomId: string, authorId: string, content: string, clientMessageId: string | null = null): Promise<Message> {
    return this.queue.send({ id: randomUUID(), roomId, authorId, content, clientMessageId, parentId: null });
  }

  async history(roomId: string): Promise<{ seq: number; content: string }[]> {
    return this.run(sql<{ seq: number; content: string }>`
      select m.seq, m.content from messages m join room_events e on e.room_id = m.room_id and e.seq = m.seq
      where m.room_id = ${roomId} and e.kind = 'MessageSent' and e.message_id = m.id order by m.seq`);
  }

  async lastSeq(roomId: string): Promise<number> {
    const [room] = await this.run(sql<{ last_seq: number }>`select last_seq from rooms where id = ${roomId}`);
    return room?.last_seq ?? -1;
  }

  /** Not counted. */
  run<Row>(statement: RawBuilder<Row>): Promise<Row[]> {
    return this.database.read((unit) => unit.query(statement));
  }

  /** How many statements are run meanwhile. */
  async statementsOf(work: () => Promise<unknown>): Promise<number> {
    const before = this.database.statements;
    await work();
    return this.database.statements - before;
  }
}
