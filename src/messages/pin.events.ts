// Pins, as events in their room.
import { Field, ObjectType } from '@nestjs/graphql';
import { RoomEvent, RoomStreamItem } from '../rooms/room.events.js';
import { Message } from './message.model.js';

const asEvent = { implements: () => [RoomEvent, RoomStreamItem] };

@ObjectType({ ...asEvent, description: 'A moderator or owner has pinned a message.' })
export class MessagePinned extends RoomEvent {
  declare __typename: 'MessagePinned';

  @Field(() => Message, { description: 'As it is now, when this is replayed.' })
  message!: Message;
}

@ObjectType({
  ...asEvent,
  description:
    'A message is pinned no more. There is none when a pinned message is deleted: MessageDeleted says it all.',
})
export class MessageUnpinned extends RoomEvent {
  declare __typename: 'MessageUnpinned';

  @Field(() => Message, { description: 'As it is now, when this is replayed.' })
  message!: Message;
}
