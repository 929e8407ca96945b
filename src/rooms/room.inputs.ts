// What the mutations of rooms take.
import { Field, ID, InputType } from '@nestjs/graphql';
import { RoomKind, RoomRole } from './room.model.js';

@InputType()
export class CreateRoomInput {
  @Field(() => RoomKind)
  kind!: RoomKind;

  @Field(() => String, {
    nullable: true,
    description: '1 to 80 characters. Needed for PUBLIC and PRIVATE, absent for DIRECT.',
  })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 250 characters. Absent for DIRECT.' })
  topic?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Who is in it besides you: up to 100 people; 1 to 7 for DIRECT.',
  })
  memberIds?: string[] | null;
}

@InputType()
export class UpdateRoomInput {
  @Field(() => ID)
  roomId!: string;

  @Field(() => String, { nullable: true, description: '1 to 80 characters. Absent or null: stays as it is.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Up to 250 characters. Absent: stays as it is. Null or empty: none.',
  })
  topic?: string | null;
}

@InputType()
export class AddMembersInput {
  @Field(() => ID)
  roomId!: string;

  @Field(() => [ID], { description: '1 to 100 people. Who is a member already stays one.' })
  userIds!: string[];
}

@InputType()
export class RemoveMemberInput {
  @Field(() => ID)
  roomId!: string;

  @Field(() => ID)
  userId!: string;
}

@InputType()
export class SetRoleInput {
  @Field(() => ID)
  roomId!: string;

  @Field(() => ID)
  userId!: string;

  @Field(() => RoomRole)
  role!: RoomRole;
}
