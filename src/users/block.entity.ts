// A row for each person that somebody does not want to hear from.
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { UserRow } from './user.entity.js';

@Entity({ tableName: 'blocks' })
export class BlockRow {
  [PrimaryKeyProp]?: ['blockerId', 'blockedId'];

  @ManyToOne({
    entity: () => UserRow,
    mapToPk: true,
    fieldName: 'blocker_id',
    primary: true,
    updateRule: 'no action',
    deleteRule: 'cascade',
  })
  blockerId!: string;

  @ManyToOne({
    entity: () => UserRow,
    mapToPk: true,
    fieldName: 'blocked_id',
    primary: true,
    updateRule: 'no action',
    deleteRule: 'cascade',
  })
  @Index({ name: 'blocks_blocked_index' })
  blockedId!: string;

  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;
}
