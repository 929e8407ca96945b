// What is told of a room and not kept: who is typing, who is here, how far they have read. Lossy by contract.
import { Field, ID, Int, InterfaceType, ObjectType } from '@nestjs/graphql';
import type { Channel } from '../bus/event-bus.js';
import { User } from '../users/user.model.js';

@InterfaceType({
  description:
    'Something that matters for a moment: no seq, no cursor, never stored. Some may be lost; of the same kind and person only the newest counts.',
  resolveType: (signal: { __typename: string }) => signal.__typename,
})
export abstract class RoomSignal {
  __typename!: string;

  @Field(() => ID)
  roomId!: string;

  @Field(() => User)
  user!: User;
}

const asSignal = { implements: () => [RoomSignal] };

@ObjectType({ ...asSignal, description: 'Somebody is writing. A message of theirs ends it as well.' })
export class TypingSignal extends RoomSignal {
  declare __typename: 'TypingSignal';

  @Field({ description: 'Believe it until then, unless it is told again: 5 s after they last said so.' })
  until!: Date;
}

@ObjectType({
  ...asSignal,
  description: 'A member has come online or gone offline. Told in rooms of up to 500 members.',
})
export class PresenceSignal extends RoomSignal {
  declare __typename: 'PresenceSignal';

  @Field()
  online!: boolean;

  @Field(() => Date, { nullable: true, description: 'When they were last here; null while they are online.' })
  lastSeenAt!: Date | null;
}

@ObjectType({
  ...asSignal,
  description:
    'A member has marked messages as read, and lets others know of it. Told in rooms of up to 500 members. What somebody sends says the same of them, without this.',
})
export class ReadSignal extends RoomSignal {
  declare __typename: 'ReadSignal';

  @Field(() => Int)
  lastReadSeq!: number;
}

/** A signal on its way, with the head of the room when the right to give it was judged: nobody hears it who left before. */
export interface SignalFact {
  readonly signal: TypingSignal | ReadSignal;
  readonly headSeq: number;
}

export const signalsChannel = (roomId: string): Channel<SignalFact> => ({ name: `chat:v1:{${roomId}}:signals` });
