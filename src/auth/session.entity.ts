// A session's row: what a browser, a script or a phone is known by. The token itself is never stored.
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';

@Entity({ tableName: 'sessions' })
export class SessionRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'user_id', deleteRule: 'cascade' })
  @Index({ name: 'sessions_user_index' })
  userId!: string;

  /** SHA-256 of the token. */
  @Property({ type: 'blob' })
  @Unique({ name: 'sessions_token_hash_unique' })
  tokenHash!: Buffer;

  @Property({ type: 'text', nullable: true })
  userAgent!: string | null;

  @Property({ type: 'datetime', length: 3 })
  createdAt!: Date;

  @Property({ type: 'datetime', length: 3 })
  lastSeenAt!: Date;

  /** The earlier of two ends: so long after sign-in, and so long after the last use. */
  @Property({ type: 'datetime', length: 3 })
  expiresAt!: Date;
}
