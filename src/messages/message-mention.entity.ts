// Who is mentioned in a message. Room and seq stand here too, so that one's own mentions after a place are counted from an index.
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';
import { MessageRow } from './message.entity.js';

@Entity({ tableName: 'message_mentions' })
@Index({ name: 'message_mentions_user_index', properties: ['userId', 'roomId', 'seq'] })
export class MessageMentionRow {
  [PrimaryKeyProp]?: ['messageId', 'userId'];

  @ManyToOne({
    entity: () => MessageRow,
    mapToPk: true,
    fieldName: 'message_id',
    primary: true,
    index: false,
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  messageId!: string;

  @ManyToOne({
    entity: () => UserRow,
    mapToPk: true,
    fieldName: 'user_id',
    primary: true,
    index: false,
    deleteRule: 'cascade',
    updateRule: 'no action',
  })
  userId!: string;

  @Property({ type: 'uuid' })
  roomId!: string;

  @Property({ type: 'integer' })
  seq!: number;
}
