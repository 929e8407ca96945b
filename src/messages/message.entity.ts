// A message's row.
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { RoomRow } from '../rooms/room.entity.js';
import { UserRow } from '../users/user.entity.js';

@Entity({ tableName: 'messages' })
// History is read by seq, and the newest message of a room is its last entry here.
@Unique({ name: 'messages_room_seq_unique', properties: ['roomId', 'seq'] })
// The sender's own key finds a repeat, for ever.
@Unique({
  name: 'messages_client_message_id_unique',
  expression:
    'create unique index messages_client_message_id_unique on messages (room_id, author_id, client_message_id) where client_message_id is not null',
})
@Index({
  name: 'messages_pinned_index',
  expression: 'create index messages_pinned_index on messages (room_id, pinned_at) where pinned_at is not null',
})
@Index({
  name: 'messages_thread_index',
  expression: 'create index messages_thread_index on messages (parent_id, seq) where parent_id is not null',
})
// A page of the main line does not read the replies between its messages.
@Index({
  name: 'messages_main_line_index',
  expression: 'create index messages_main_line_index on messages (room_id, seq) where parent_id is null',
})
@Index({
  name: 'messages_search_index',
  expression: `create index messages_search_index on messages using gin (to_tsvector('simple', translate(content, '<>', '  '))) with (gin_pending_list_limit = 512)`,
})
// The newest message of one person in one room: whoever has spoken has read up to there. Partial, so that it serves only
// who says `seq > 0`: for a repeated send the planner might think it as good as the index of keys, and read all of them.
@Index({
  name: 'messages_author_index',
  expression: 'create index messages_author_index on messages (room_id, author_id, seq) where seq > 0',
})
@Check({ name: 'messages_deleted_check', expression: '(content is null) = (deleted_at is not null)' })
export class MessageRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne({ entity: () => RoomRow, mapToPk: true, fieldName: 'room_id', index: false })
  roomId!: string;

  /** Seq of its MessageSent event. */
  @Property({ type: 'integer' })
  seq!: number;

  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'author_id', index: false })
  authorId!: string;

  /** Null once deleted. */
  @Property({ type: 'text', nullable: true })
  content!: string | null;

  @Property({ type: 'datetime', length: 3 })
  createdAt!: Date;

  @Property({ type: 'datetime', length: 3, nullable: true })
  editedAt!: Date | null;

  @Property({ type: 'datetime', length: 3, nullable: true })
  deletedAt!: Date | null;

  /** Null: it is not pinned. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  pinnedAt!: Date | null;

  /** The first message of the thread that it replies to; null in the main line. */
  @ManyToOne({
    entity: () => MessageRow,
    mapToPk: true,
    fieldName: 'parent_id',
    nullable: true,
    index: false,
    deleteRule: 'no action',
  })
  parentId!: string | null;

  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ type: 'text', nullable: true })
  clientMessageId!: string | null;

  /** SHA-256 of what was first sent under the key: a repeat is compared with that, whatever was edited since. */
  @Property({ type: 'blob', nullable: true })
  sentHash!: Buffer | null;
}
