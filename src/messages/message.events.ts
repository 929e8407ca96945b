// What happens to messages, as events in their room.
import { Field, ObjectType } from '@nestjs/graphql';
import { RoomEvent, RoomStreamItem } from '../rooms/room.events.js';
import { ViewerEvent } from '../rooms/viewer.events.js';
import { Message } from './message.model.js';
import type { MessagePinned, MessageUnpinned } from './pin.events.js';
import type { ReactionAdded, ReactionRemoved } from './reaction.events.js';

const asEvent = { implements: () => [RoomEvent, RoomStreamItem] };

@ObjectType({ ...asEvent, description: 'Somebody has said something. Its `seq` is the `seq` of the message.' })
export class MessageSent extends RoomEvent {
  declare __typename: 'MessageSent';

  @Field(() => Message, { description: 'As it is now, when this is replayed.' })
  message!: Message;

  /** The ids of those who are mentioned, while it is news: for the lists of their rooms. */
  mentions?: readonly string[];
}

@ObjectType({
  ...asEvent,
  description: 'The author has changed the words. Compare `version`: the higher one is the newer one.',
})
export class MessageEdited extends RoomEvent {
  declare __typename: 'MessageEdited';

  @Field(() => Message, { description: 'As it is now, when this is replayed.' })
  message!: Message;

  /** The ids of those who were not mentioned before, while it is news. */
  mentions?: readonly string[];
}

@ObjectType({
  ...asEvent,
  description:
    'The words are gone, and with them reactions and pin; the place stays. `actor` is the author, a moderator or an owner.',
})
export class MessageDeleted extends RoomEvent {
  declare __typename: 'MessageDeleted';

  @Field(() => Message)
  message!: Message;
}

/** All that can happen to a message: each carries it whole. */
export type MessageEvent =
  | MessageSent
  | MessageEdited
  | MessageDeleted
  | ReactionAdded
  | ReactionRemoved
  | MessagePinned
  | MessageUnpinned;

@ObjectType({
  implements: () => [ViewerEvent],
  description: 'Somebody has mentioned you, in a room that you are in. `mentionCount` counts it as well.',
})
export class Mentioned extends ViewerEvent {
  declare __typename: 'Mentioned';

  /** For the field `message`, which is resolved. */
  messageId!: string;
}
