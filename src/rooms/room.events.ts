// What a room's stream is made of: durable events with a seq, and the control items around them.
import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Channel } from '../bus/event-bus.js';
import { encodeCursor } from '../core/cursor.js';
import { User } from '../users/user.model.js';
import { Membership, Room } from './room.model.js';

@InterfaceType({
  description:
    "An item of a room's stream. `cursor` stands here, so that a client compiled last year still resumes past an event it has never heard of.",
  resolveType: (item: { __typename: string }) => item.__typename,
})
export abstract class RoomStreamItem {
  __typename!: string;

  @Field({ description: 'Resume after it: give it to `after`.' })
  cursor!: string;
}

@InterfaceType({
  implements: () => [RoomStreamItem],
  description:
    'Something that happened in a room, for ever: it stands in the log. A replayed event carries things as they are now.',
  resolveType: (item: { __typename: string }) => item.__typename,
})
export abstract class RoomEvent extends RoomStreamItem {
  @Field(() => Int, { description: '1, 2, 3 … without a hole, in the order of the commits.' })
  seq!: number;

  @Field(() => ID)
  roomId!: string;

  @Field({ description: 'When it happened, by the clock of the database. The order is told by `seq`, never by this.' })
  at!: Date;

  @Field(() => User, { nullable: true, description: 'Who did it. Null: the house itself.' })
  actor!: User | null;
}

const asEvent = { implements: () => [RoomEvent, RoomStreamItem] };

@ObjectType({ ...asEvent, description: 'Somebody has become a member. `actor` is who added them, or they themselves.' })
export class MemberJoined extends RoomEvent {
  declare __typename: 'MemberJoined';

  @Field(() => Membership)
  membership!: Membership;
}

@ObjectType({ ...asEvent, description: 'Somebody is no longer a member.' })
export class MemberLeft extends RoomEvent {
  declare __typename: 'MemberLeft';

  @Field(() => User)
  user!: User;

  @Field(() => ID)
  membershipId!: string;

  @Field({ description: 'True: somebody else removed them. False: they left.' })
  removed!: boolean;
}

@ObjectType({ ...asEvent, description: 'A member has another role.' })
export class MemberRoleChanged extends RoomEvent {
  declare __typename: 'MemberRoleChanged';

  @Field(() => Membership)
  membership!: Membership;
}

@ObjectType({ ...asEvent, description: 'The name or topic has changed, or the room was archived.' })
export class RoomUpdated extends RoomEvent {
  declare __typename: 'RoomUpdated';

  @Field(() => Room)
  room!: Room;
}

export enum StreamStart {
  LIVE = 'LIVE',
  RESUMED = 'RESUMED',
}

registerEnumType(StreamStart, {
  name: 'StreamStart',
  description: 'Where a stream begins.',
  valuesMap: {
    LIVE: { description: 'With what happens from now on: `after` was absent.' },
    RESUMED: { description: 'Right after the cursor `after`.' },
  },
});

export enum StreamEndReason {
  ACCESS_REVOKED = 'ACCESS_REVOKED',
  SESSION_ENDED = 'SESSION_ENDED',
  ROOM_ARCHIVED = 'ROOM_ARCHIVED',
  SLOW_CONSUMER = 'SLOW_CONSUMER',
  SERVER_DRAINING = 'SERVER_DRAINING',
}

registerEnumType(StreamEndReason, {
  name: 'StreamEndReason',
  description: 'Why a stream ends, and so whether to come back.',
  valuesMap: {
    ACCESS_REVOKED: { description: 'You may no longer read the room. Then `complete`: do not come back.' },
    SESSION_ENDED: {
      description:
        'Signed out, revoked or expired. The socket closes with 4401 (do not come back with this cookie) or 4403 (sign in, come back).',
    },
    ROOM_ARCHIVED: { description: 'Nothing more will happen here. Then `complete`.' },
    SLOW_CONSUMER: {
      description: 'You did not keep up. The socket closes with 4508: come back after a pause, and resume.',
    },
    SERVER_DRAINING: {
      description: 'The server stops. The socket closes with 1001: come back after `retryAfterMs`, and resume.',
    },
  },
});

@ObjectType({
  implements: () => [RoomStreamItem],
  description: 'The first item of every stream. Everything after its cursor follows, without a gap.',
})
export class StreamReady extends RoomStreamItem {
  declare __typename: 'StreamReady';

  @Field(() => StreamStart)
  start!: StreamStart;

  @Field(() => Int, { description: 'How many events that have already happened follow before the live ones.' })
  replayed!: number;
}

@ObjectType({ implements: () => [RoomStreamItem], description: 'The last item of a stream that the server ends.' })
export class StreamEnded extends RoomStreamItem {
  declare __typename: 'StreamEnded';

  @Field(() => StreamEndReason)
  reason!: StreamEndReason;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds to wait before coming back. Null: not at all, or as you like.',
  })
  retryAfterMs!: number | null;
}

/** The part that all events share, for the event that stands at that place in the log. */
export function eventAt<Kind extends string>(
  __typename: Kind,
  { roomId, seq, at, actor }: Pick<RoomEvent, 'roomId' | 'seq' | 'at' | 'actor'>,
) {
  return { __typename, cursor: encodeCursor(roomId, seq), roomId, seq, at, actor };
}

/** Where the events of a room are told. The braces are literal: a hash tag, so that sharded pub/sub stays possible. */
export const roomChannel = (roomId: string): Channel<RoomEvent> => ({ name: `chat:v1:{${roomId}}` });
