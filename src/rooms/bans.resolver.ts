// Bans over GraphQL.
import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { Ban, BanConnection, BanInput } from './ban.model.js';
import { BansService } from './bans.service.js';
import { Room } from './room.model.js';

@Resolver(() => Room)
export class BansResolver {
  constructor(private readonly bans: BansService) {}

  @Mutation(() => Ban, {
    description:
      'Keeps somebody out of a room; for moderators and owners, owners only by owners. A membership ends with it, and they hear nothing after that; to them the room does not exist. Banned already: the new `until` and `reason` count. Errors: UNAUTHENTICATED, NOT_FOUND (room, or `userId` is nobody), FORBIDDEN (also a DIRECT room, and the lobby, which has no moderators), BAD_USER_INPUT, CONFLICT (archived, or the last owner).',
  })
  banMember(@CurrentViewer() viewer: Viewer, @Args('input') input: BanInput): Promise<Ban> {
    return this.bans.ban(viewer, input);
  }

  @Mutation(() => Room, {
    description:
      'Lets them come again; for moderators and owners. They are no member by that. Who is not banned is let in already. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT (archived).',
  })
  unbanMember(
    @CurrentViewer() viewer: Viewer,
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('userId', { type: () => ID }) userId: string,
  ): Promise<Room> {
    return this.bans.unban(viewer, roomId, userId);
  }

  @PerViewer()
  @ResolveField('bans', () => BanConnection, {
    description:
      'The bans that stand, the newest first; for moderators and owners. Errors: FORBIDDEN, BAD_USER_INPUT (page).',
  })
  list(
    @CurrentViewer() viewer: Viewer,
    @Parent() room: Room,
    @Args('first', { type: () => Int, nullable: true, description: 'How many: 1 to 100. Default 50.' })
    first: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'A cursor: the page begins right after it.' })
    after: string | null,
  ): Promise<BanConnection> {
    return this.bans.ofRoom(viewer, room.id, { first: first ?? null, after: after ?? null });
  }
}
