// A room and a membership, as their readers see them.
import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType } from '../core/connection.js';
import { Node } from '../core/node.js';
import { User } from '../users/user.model.js';

export enum RoomKind {
  PUBLIC = 'PUBLIC',
  PRIVATE = 'PRIVATE',
  DIRECT = 'DIRECT',
}

registerEnumType(RoomKind, {
  name: 'RoomKind',
  description: 'Who may see a room.',
  valuesMap: {
    PUBLIC: { description: 'Everyone who is signed in, and not banned from it, may see, read and join it.' },
    PRIVATE: { description: 'For its members. To everyone else it does not exist.' },
    DIRECT: {
      description:
        'For 2 to 8 fixed people. No name, no roles, no joining, no leaving; the same people are the same room.',
    },
  },
});

export enum RoomRole {
  OWNER = 'OWNER',
  MODERATOR = 'MODERATOR',
  MEMBER = 'MEMBER',
}

registerEnumType(RoomRole, {
  name: 'RoomRole',
  description: 'What a member may do.',
  valuesMap: {
    OWNER: {
      description: 'Everything: update and archive the room, set roles. A room has at least one, except the lobby.',
    },
    MODERATOR: {
      description:
        "Delete and pin others' messages, see their earlier texts, remove and ban people who are no owners, add members to a private room.",
    },
    MEMBER: {
      description: 'Read, send, reply, react, edit and delete what is their own, add members to a public room.',
    },
  },
});

@ObjectType({
  implements: () => [Node],
  description: 'Where people meet. Everything that happens in it has a seq: 1, 2, 3 … without a hole.',
})
export class Room extends Node {
  @Field(() => RoomKind)
  kind!: RoomKind;

  @Field(() => String, { nullable: true, description: '1 to 80 characters. Null for DIRECT.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 250 characters.' })
  topic!: string | null;

  @Field()
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'Since when it can be read but not changed. Null: not archived.' })
  archivedAt!: Date | null;

  @Field(() => Int, { description: 'Seq of the newest event.' })
  headSeq!: number;
}

@ObjectType({
  implements: () => [Node],
  description: 'Somebody is in a room. Leaving and coming back is a new membership.',
})
export class Membership extends Node {
  /** For the field `room`, which is resolved. */
  roomId!: string;

  @Field(() => User)
  user!: User;

  @Field(() => RoomRole, { description: 'As it is now, or as it was when the membership ended.' })
  role!: RoomRole;

  @Field()
  joinedAt!: Date;
}

@ObjectType({ description: 'A page of rooms.' })
export class RoomConnection extends connectionType(() => Room, 'Room') {}

@ObjectType({
  description: 'A page of members: owners first, then moderators, then members, each by the time they joined.',
})
export class MembershipConnection extends connectionType(() => Membership, 'Membership') {
  @Field(() => Int, { description: 'How many members the room has.' })
  totalCount!: number;
}
