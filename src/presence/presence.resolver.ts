// Presence and signals over GraphQL.
import { Args, Context as Ctx, ID, Mutation, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, type Viewer } from '../core/viewer.js';
import type { LossyStream } from '../rooms/lossy-stream.js';
import { RoomSignal } from '../rooms/room.signals.js';
import { User } from '../users/user.model.js';
import { Presence } from './presence.service.js';
import { RoomSignals } from './room-signals.service.js';

@Resolver(() => User)
export class PresenceResolver {
  constructor(private readonly presence: Presence) {}

  @ResolveField(() => Boolean, {
    description:
      'Whether a socket of theirs is open anywhere. Everyone who is signed in may see it. A process that was killed leaves its people online for up to 20 s.',
  })
  online(@Parent() user: User, @Ctx() { loaders }: Context): Promise<boolean> {
    return loaders
      .get<boolean>('presence.online', () => {
        return new DataLoader(async (ids) => {
          const online = await this.presence.online(ids);
          return ids.map((id) => online.has(id));
        });
      })
      .load(user.id);
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'When a socket of theirs was last open, to the minute. Null: never for so long.',
  })
  lastSeenAt(@Parent() user: User, @Ctx() { loaders }: Context): Promise<Date | null> {
    return loaders
      .get<Date | null>('presence.lastSeen', () => new DataLoader((ids) => this.presence.lastSeen(ids)))
      .load(user.id);
  }
}

@Resolver()
export class RoomSignalsResolver {
  constructor(private readonly signals: RoomSignals) {}

  @Mutation(() => Boolean, {
    description:
      'You are writing: a lease of 5 s, so say it again every few seconds while you are. More than once a second is told once. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (not a member), CONFLICT (archived).',
  })
  setTyping(@CurrentViewer() viewer: Viewer, @Args('roomId', { type: () => ID }) roomId: string): Promise<boolean> {
    return this.signals.setTyping(viewer, roomId);
  }

  @PerViewer()
  @Subscription(() => RoomSignal, {
    resolve: (signal: RoomSignal) => signal,
    description:
      'Who is typing, who comes and goes, and how far others have read, from now on. Lossy: no cursor; for a slow reader only the newest of each kind and person; fewer where thousands listen. Nobody hears of themselves. Ends with an error: FORBIDDEN (you may no longer read the room), UNAUTHENTICATED (session ended); with `complete` when the room is archived. Errors: UNAUTHENTICATED, NOT_FOUND, UNAVAILABLE.',
  })
  roomSignals(
    @CurrentViewer() viewer: Viewer,
    @Args('roomId', { type: () => ID }) roomId: string,
  ): Promise<LossyStream<RoomSignal>> {
    return this.signals.subscribe(viewer, roomId);
  }
}
