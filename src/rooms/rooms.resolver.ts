// Rooms over GraphQL.
import {
  Args,
  Context as Ctx,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { PageArgs } from '../core/connection.js';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { MembersService } from './members.service.js';
import { RoomStreamItem } from './room.events.js';
import { AddMembersInput, CreateRoomInput, RemoveMemberInput, SetRoleInput, UpdateRoomInput } from './room.inputs.js';
import { RoomLists } from './room.lists.js';
import { Membership, MembershipConnection, Room, RoomConnection } from './room.model.js';
import type { RoomStream } from './room-stream.js';
import { RoomStreams } from './room-streams.service.js';
import { RoomsService } from './rooms.service.js';

@Resolver(() => Room)
export class RoomsResolver {
  constructor(
    private readonly rooms: RoomsService,
    private readonly members: MembersService,
    private readonly lists: RoomLists,
    private readonly streams: RoomStreams,
  ) {}

  @Query(() => Room, {
    nullable: true,
    description: 'A room by id. Null: it does not exist, or you may not see it. Errors: UNAUTHENTICATED.',
  })
  room(@CurrentViewer() viewer: Viewer, @Args('id', { type: () => ID }) id: string): Promise<Room | null> {
    return this.rooms.byId(viewer, id);
  }

  @Query(() => RoomConnection, {
    name: 'rooms',
    description:
      'Public rooms that are not archived, by name; `search` finds a part of the name, without regard to case. Errors: UNAUTHENTICATED, BAD_USER_INPUT (page).',
  })
  publicRooms(
    @CurrentViewer() viewer: Viewer,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @Args() page: PageArgs,
  ): Promise<RoomConnection> {
    return this.rooms.public(viewer, search ?? null, page);
  }

  @PerViewer()
  @ResolveField(() => Membership, { nullable: true, description: 'What you are in it. Null: not a member.' })
  viewerMembership(
    @CurrentViewer() viewer: Viewer,
    @Parent() room: Room,
    @Ctx() { loaders }: Context,
  ): Promise<Membership | null> {
    return viewerMembershipIn(this.lists, loaders, viewer, room.id);
  }

  @PerViewer()
  @ResolveField('members', () => MembershipConnection, {
    description: 'Who is in it, by role, then by the time they joined. Errors: BAD_USER_INPUT (page).',
  })
  memberList(
    @CurrentViewer() viewer: Viewer,
    @Parent() room: Room,
    @Args() page: PageArgs,
  ): Promise<MembershipConnection> {
    return this.rooms.membersOf(viewer, room.id, page);
  }

  @Mutation(() => Room, {
    description:
      'Makes a room with you as its owner. DIRECT with the same people twice is the same room. Errors: UNAUTHENTICATED, BAD_USER_INPUT, NOT_FOUND (`memberIds.<n>` is nobody), FORBIDDEN (a new DIRECT room with somebody who wants none with you).',
  })
  createRoom(@CurrentViewer() viewer: Viewer, @Args('input') input: CreateRoomInput): Promise<Room> {
    return this.rooms.create(viewer, input);
  }

  @Mutation(() => Room, {
    description:
      'Changes name and topic; for owners. What is absent stays. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, CONFLICT (archived).',
  })
  updateRoom(@CurrentViewer() viewer: Viewer, @Args('input') input: UpdateRoomInput): Promise<Room> {
    return this.rooms.update(viewer, input);
  }

  @Mutation(() => Room, {
    description:
      'From now on it can be read but not changed; for owners. Its streams end with ROOM_ARCHIVED. Twice is once. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN.',
  })
  archiveRoom(@CurrentViewer() viewer: Viewer, @Args('roomId', { type: () => ID }) roomId: string): Promise<Room> {
    return this.rooms.archive(viewer, roomId);
  }

  @Mutation(() => Membership, {
    description: 'Joins a public room. A member stays one. Errors: UNAUTHENTICATED, NOT_FOUND, CONFLICT (archived).',
  })
  joinRoom(@CurrentViewer() viewer: Viewer, @Args('roomId', { type: () => ID }) roomId: string): Promise<Membership> {
    return this.members.join(viewer, roomId);
  }

  @Mutation(() => Viewer, {
    description:
      'Leaves a room. Who is no member has left already. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (DIRECT), CONFLICT (archived, or you are its last owner).',
  })
  leaveRoom(@CurrentViewer() viewer: Viewer, @Args('roomId', { type: () => ID }) roomId: string): Promise<Viewer> {
    return this.members.leave(viewer, roomId);
  }

  @Mutation(() => [Membership], {
    description:
      'Adds people: any member to a public room, moderators and owners to a private one. Answers in the order of the ids, each once. Errors: UNAUTHENTICATED, NOT_FOUND (room, or `userIds.<n>` is nobody), FORBIDDEN, BAD_USER_INPUT, CONFLICT (archived, or `userIds.<n>` is banned).',
  })
  addMembers(@CurrentViewer() viewer: Viewer, @Args('input') input: AddMembersInput): Promise<Membership[]> {
    return this.members.add(viewer, input);
  }

  @Mutation(() => Room, {
    description:
      'Removes somebody; for moderators and owners, owners only by owners. Of a private room they hear nothing after that. Who is no member is gone already. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT (archived, or the last owner).',
  })
  removeMember(@CurrentViewer() viewer: Viewer, @Args('input') input: RemoveMemberInput): Promise<Room> {
    return this.members.remove(viewer, input);
  }

  @Mutation(() => Membership, {
    description:
      'Gives a member another role; for owners. Errors: UNAUTHENTICATED, NOT_FOUND (room or member), FORBIDDEN, CONFLICT (archived, or the last owner).',
  })
  setRole(@CurrentViewer() viewer: Viewer, @Args('input') input: SetRoleInput): Promise<Membership> {
    return this.members.setRole(viewer, input);
  }

  @Subscription(() => RoomStreamItem, {
    resolve: (item: RoomStreamItem) => item,
    description:
      'The whole life of a room: ordered, without a gap, resumable. StreamReady comes first, then what was missed after the cursor `after`, then what happens now. Every event comes once and carries things as they are now. Ends with StreamEnded and a reason. Errors: UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT (`after`), UNAVAILABLE (come back with the last cursor).',
  })
  roomEvents(
    @CurrentViewer() viewer: Viewer,
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the room. Absent or null: only what happens from now on.',
    })
    after: string | null,
  ): Promise<RoomStream> {
    return this.streams.subscribe(viewer, roomId, after);
  }
}

@Resolver(() => Viewer)
export class ViewerRoomsResolver {
  constructor(private readonly rooms: RoomsService) {}

  @ResolveField('rooms', () => RoomConnection, {
    description: 'The rooms you are in by last activity, newest first. Errors: BAD_USER_INPUT (page).',
  })
  list(@Parent() viewer: Viewer, @Args() page: PageArgs): Promise<RoomConnection> {
    return this.rooms.ofViewer(viewer, page);
  }
}

@Resolver(() => Membership)
export class MembershipResolver {
  constructor(private readonly lists: RoomLists) {}

  /** Whoever was given a membership may see its room: it was judged on the way there. */
  @ResolveField(() => Room)
  room(@Parent() membership: Membership, @Ctx() { loaders }: Context): Promise<Room | null> {
    return roomById(this.lists, loaders, membership.roomId);
  }
}

/** One query for all the rooms of an operation that ask what the viewer is in them. */
export function viewerMembershipIn(
  lists: RoomLists,
  loaders: Context['loaders'],
  viewer: Viewer,
  roomId: string,
): Promise<Membership | null> {
  return loaders
    .get<Membership | null>('rooms.viewerMembership', () => {
      return new DataLoader((ids) => lists.membershipsOf(viewer.userId, ids));
    })
    .load(roomId);
}

/** One query for all the rooms that an operation asks for by id. */
export function roomById(lists: RoomLists, loaders: Context['loaders'], roomId: string): Promise<Room | null> {
  return loaders.get<Room | null>('rooms.byId', () => new DataLoader((ids) => lists.byIds(ids))).load(roomId);
}
