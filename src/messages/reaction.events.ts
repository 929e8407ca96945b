// Reactions, as events in their room.
import { Field, ObjectType } from '@nestjs/graphql';
import { RoomEvent, RoomStreamItem } from '../rooms/room.events.js';
import { Message } from './message.model.js';

const asEvent = { implements: () => [RoomEvent, RoomStreamItem] };

@ObjectType({ ...asEvent, description: '`actor` has reacted to a message.' })
export class ReactionAdded extends RoomEvent {
  declare __typename: 'ReactionAdded';

  @Field(() => Message, { description: 'As it is now, when this is replayed: also its reactions.' })
  message!: Message;

  @Field({ description: 'What they have reacted with.' })
  emoji!: string;
}

@ObjectType({ ...asEvent, description: '`actor` has taken a reaction back.' })
export class ReactionRemoved extends RoomEvent {
  declare __typename: 'ReactionRemoved';

  @Field(() => Message, { description: 'As it is now, when this is replayed: also its reactions.' })
  message!: Message;

  @Field({ description: 'What they had reacted with.' })
  emoji!: string;
}
