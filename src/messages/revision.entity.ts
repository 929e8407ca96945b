// The row of an earlier text of a message. It goes when the message is deleted.
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { MessageRow } from './message.entity.js';

@Entity({ tableName: 'message_revisions' })
export class MessageRevisionRow {
  [PrimaryKeyProp]?: ['messageId', 'version'];

  @ManyToOne({ entity: () => MessageRow, mapToPk: true, fieldName: 'message_id', primary: true })
  messageId!: string;

  @PrimaryKey({ type: 'integer', autoincrement: false })
  version!: number;

  @Property({ type: 'text' })
  content!: string;

  /** When this text was written. */
  @Property({ type: 'datetime', length: 3 })
  editedAt!: Date;
}
