// The row of one person's reaction to a message.
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';
import { MessageRow } from './message.entity.js';

@Entity({ tableName: 'message_reactions' })
export class MessageReactionRow {
  [PrimaryKeyProp]?: ['messageId', 'userId', 'emoji'];

  @ManyToOne({ entity: () => MessageRow, mapToPk: true, fieldName: 'message_id', primary: true, index: false })
  messageId!: string;

  /** Before the emoji in the key: one asks what this person has reacted with. */
  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'user_id', primary: true, index: false })
  userId!: string;

  @PrimaryKey({ type: 'text' })
  emoji!: string;

  /** Seq of its ReactionAdded event: emojis are shown in the order in which they were first used. */
  @Property({ type: 'integer' })
  seq!: number;
}
