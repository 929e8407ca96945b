// What the room list of one person lives on: one subscription for all their rooms.
import { Field, ID, InterfaceType, ObjectType } from '@nestjs/graphql';
import type { Channel } from '../bus/event-bus.js';
import type { RoomEvent } from './room.events.js';
import { Room } from './room.model.js';

@InterfaceType({
  description: 'Something that the list of your rooms should know. Lossy: merged, the newest wins, no cursor.',
  resolveType: (event: { __typename: string }) => event.__typename,
})
export abstract class ViewerEvent {
  __typename!: string;

  @Field()
  at!: Date;
}

const asEvent = { implements: () => [ViewerEvent] };

@ObjectType({ ...asEvent, description: 'The first item: load the list after it, and nothing is missed in between.' })
export class ViewerReady extends ViewerEvent {
  declare __typename: 'ViewerReady';
}

@ObjectType({
  ...asEvent,
  description:
    'Something has happened in a room of yours, or you have read in it elsewhere. At most one per room and second; seldomer in a room that very many listen to.',
})
export class RoomActivity extends ViewerEvent {
  declare __typename: 'RoomActivity';

  @Field(() => Room)
  room!: Room;
}

@ObjectType({ ...asEvent, description: 'You have become a member of a room.' })
export class RoomAdded extends ViewerEvent {
  declare __typename: 'RoomAdded';

  @Field(() => Room)
  room!: Room;
}

@ObjectType({ ...asEvent, description: 'You are no longer a member of a room.' })
export class RoomRemoved extends ViewerEvent {
  declare __typename: 'RoomRemoved';

  @Field(() => ID)
  roomId!: string;
}

/** One of the rooms' own items, or one that a higher floor has made. */
export interface ViewerItem {
  readonly __typename: string;
  readonly at: Date;
}

/** They have read on another screen. */
export interface ReadMoved {
  readonly __typename: 'ReadMoved';
  readonly roomId: string;
}

/** For one person alone: an event that made or ended a membership of theirs, or that they have read. */
export type PersonalFact = RoomEvent | ReadMoved;

/** What an event is to some of the members of its room. Of one key only the newest is told. */
export interface PersonalItem {
  readonly userIds: readonly string[];
  readonly key: string;
  readonly item: ViewerItem;
}

export const personalChannel = (userId: string): Channel<PersonalFact> => ({ name: `chat:v1:user:{${userId}}` });
