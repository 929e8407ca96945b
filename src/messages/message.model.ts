// A message, as its readers see it.
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../core/connection.js';
import { encodeCursor } from '../core/cursor.js';
import { Node } from '../core/node.js';
import { moment, momentOrNull } from '../database/database.js';
import { type JoinedUser, User } from '../users/user.model.js';
import type { ReactionGroup } from './reaction.model.js';

@ObjectType({ implements: () => [Node], description: 'What somebody said in a room.' })
export class Message extends Node {
  @Field(() => ID)
  roomId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The id of its `parent`, for those who need no more. Null in the main line.',
  })
  parentId!: string | null;

  @Field(() => Int, { description: 'Seq of its MessageSent event: the order in which messages are shown.' })
  seq!: number;

  @Field(() => User)
  author!: User;

  @Field(() => String, { nullable: true, description: 'Null once deleted.' })
  content!: string | null;

  @Field()
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was last edited; null: never.' })
  editedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was deleted; null: it was not. A deleted message keeps its place.',
  })
  deletedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was pinned; null: it is not.' })
  pinnedAt!: Date | null;

  @Field(() => Int, {
    description: '1, and one more with every edit and with the deletion: the higher one is the newer one.',
  })
  version!: number;

  @Field(() => ID, {
    nullable: true,
    description:
      "The sender's own key, so that a client can fold answer, event and optimistic entry into one. Every reader sees it.",
  })
  clientMessageId!: string | null;

  @Field({ description: 'Right after this message: for pages and for subscriptions.' })
  cursor!: string;

  /** What comes with an event, so that nobody who hears it has to ask for it; elsewhere it is read when it is selected. */
  reactions?: ReactionGroup[];
}

@ObjectType({ description: 'A page of messages, always ascending by `seq`.' })
export class MessageConnection extends connectionType(() => Message, 'Message') {
  @Field({ description: 'Where the room stood when this page was read: subscribe `after` it, and nothing is missed.' })
  streamCursor!: string;
}

/** A row of `messages` with its author, as SQL hands it out. */
export interface MessageRecord extends JoinedUser {
  id: string;
  room_id: string;
  seq: number;
  content: string | null;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
  pinned_at: string | null;
  parent_id: string | null;
  version: number;
  client_message_id: string | null;
}

export const toMessage = (row: MessageRecord): Message => ({
  id: row.id,
  roomId: row.room_id,
  parentId: row.parent_id,
  seq: row.seq,
  author: User.from(row),
  content: row.content,
  createdAt: moment(row.created_at),
  editedAt: momentOrNull(row.edited_at),
  deletedAt: momentOrNull(row.deleted_at),
  pinnedAt: momentOrNull(row.pinned_at),
  version: row.version,
  clientMessageId: row.client_message_id,
  cursor: encodeCursor(row.room_id, row.seq),
});
