// What happens to those who may not come into a room any more, and may again.
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { User } from '../users/user.model.js';
import { RoomEvent, RoomStreamItem } from './room.events.js';

const asEvent = { implements: () => [RoomEvent, RoomStreamItem] };

@ObjectType({
  ...asEvent,
  description:
    'Somebody may not come into the room. Their membership, if they had one, has ended with this. To themselves it is the last event: StreamEnded(ACCESS_REVOKED) follows.',
})
export class MemberBanned extends RoomEvent {
  declare __typename: 'MemberBanned';

  @Field(() => User)
  user!: User;

  @Field(() => ID, {
    nullable: true,
    description:
      'The membership that ended. Null: they were no member. Select it under another name where you also select that of MemberLeft, which is never null.',
  })
  membershipId!: string | null;

  @Field(() => Date, { nullable: true, description: 'When the ban ends by itself. Null: when it is lifted.' })
  until!: Date | null;
}

@ObjectType({ ...asEvent, description: 'A ban was lifted before it was over. They are no member by that.' })
export class MemberUnbanned extends RoomEvent {
  declare __typename: 'MemberUnbanned';

  @Field(() => User)
  user!: User;
}
