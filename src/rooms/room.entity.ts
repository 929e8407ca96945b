// A room's row. It carries the counter that gives every event in the room its place.
import { Check, Entity, Enum, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { RoomKind } from './room.model.js';

@Entity({ tableName: 'rooms' })
// Public rooms are listed by name.
@Index({
  name: 'rooms_public_index',
  expression: `create index rooms_public_index on rooms (lower(name), id) where kind = 'PUBLIC' and archived_at is null`,
})
// There is one lobby, or none.
@Unique({
  name: 'rooms_lobby_unique',
  expression: 'create unique index rooms_lobby_unique on rooms (lobby) where lobby',
})
@Check({ name: 'rooms_name_check', expression: `(kind = 'DIRECT') = (name is null)` })
@Check({ name: 'rooms_direct_key_check', expression: `(kind = 'DIRECT') = (direct_key is not null)` })
export class RoomRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Enum({ items: () => RoomKind, type: 'text' })
  kind!: RoomKind;

  /** Null for DIRECT. */
  @Property({ type: 'text', nullable: true })
  name!: string | null;

  @Property({ type: 'text', nullable: true })
  topic!: string | null;

  /** The sorted ids of the people of a DIRECT room: the same people are the same room. */
  @Property({ type: 'text', nullable: true })
  @Unique({ name: 'rooms_direct_key_unique' })
  directKey!: string | null;

  @Property({ type: 'boolean', default: false })
  lobby: boolean = false;

  /** Seq of the newest event. Raised under the lock of this row, in the transaction that writes the event. */
  @Property({ type: 'integer', default: 0 })
  lastSeq: number = 0;

  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  createdAt!: Date;

  /** When its newest event happened. Not indexed: that would make every send rewrite an index. */
  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  activeAt!: Date;

  @Property({ type: 'datetime', length: 3, nullable: true })
  archivedAt!: Date | null;
}
