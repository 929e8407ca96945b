// A person's row.
import type { Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';

@Entity({ tableName: 'users' })
export class UserRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** Folded to lower case before it comes here. */
  @Property({ type: 'text' })
  @Unique({ name: 'users_username_unique' })
  username!: string;

  @Property({ type: 'text' })
  displayName!: string;

  @Property({ type: 'text' })
  passwordHash!: string;

  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;

  /** When they last held a socket, to the minute; null: never. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  lastSeenAt?: Date | null;

  /** Whether others are told how far they have read. */
  @Property({ type: 'boolean', default: true })
  readSignals: boolean & Opt = true;
}
