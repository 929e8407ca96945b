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

  /** Null: nobody signs in as them any more. */
  @Property({ type: 'text', nullable: true })
  passwordHash!: string | null;

  /** An https address. */
  @Property({ type: 'text', nullable: true })
  avatarUrl!: string | null;

  /** A program, as it said of itself when it signed up. */
  @Property({ type: 'boolean', default: false })
  bot: boolean = false;

  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;

  /** Since when there is no account any more. The row stays, nameless, for what was said refers to it. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  deletedAt!: Date | null;

  /** When they last held a socket, to the minute; null: never. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  lastSeenAt?: Date | null;

  /** Whether others are told how far they have read. */
  @Property({ type: 'boolean', default: true })
  readSignals: boolean & Opt = true;
}
