// The row of an access key. The key itself is never stored.
import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';
import { AccessScope } from './access-key.model.js';

@Entity({ tableName: 'access_keys' })
export class AccessKeyRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'user_id', deleteRule: 'cascade' })
  @Index({ name: 'access_keys_user_index' })
  userId!: string;

  /** SHA-256 of the whole key, its prefix included. */
  @Property({ type: 'blob' })
  @Unique({ name: 'access_keys_token_hash_unique' })
  tokenHash!: Buffer;

  @Property({ type: 'text' })
  label!: string;

  @Enum({ items: () => AccessScope, type: 'text' })
  scope!: AccessScope;

  @Property({ type: 'datetime', length: 3 })
  createdAt!: Date;

  @Property({ type: 'datetime', length: 3, nullable: true })
  lastUsedAt!: Date | null;

  /** Null: never. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  expiresAt!: Date | null;
}
