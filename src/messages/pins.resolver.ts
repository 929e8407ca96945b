// Pins over GraphQL.
import { Args, Context as Ctx, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { UpTo } from '../core/rows.js';
import { Viewer } from '../core/viewer.js';
import { Room } from '../rooms/room.model.js';
import { MessageLists } from './message.lists.js';
import { Message } from './message.model.js';
import { PINS_MAX, PinsService } from './pins.service.js';

@Resolver(() => Room)
export class PinsResolver {
  constructor(
    private readonly service: PinsService,
    private readonly lists: MessageLists,
  ) {}

  @Mutation(() => Message, {
    description: `Pins a message to its room; for moderators and owners, so never in a DIRECT room. Twice is once. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT (deleted, archived, or ${PINS_MAX} messages are pinned in the room: \`limit\`).`,
  })
  pinMessage(
    @CurrentViewer() viewer: Viewer,
    @Args('messageId', { type: () => ID }) messageId: string,
  ): Promise<Message> {
    return this.service.pin(viewer, messageId);
  }

  @Mutation(() => Message, {
    description:
      'Takes a pin away; for moderators and owners. What is not pinned stays so. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT (archived).',
  })
  unpinMessage(
    @CurrentViewer() viewer: Viewer,
    @Args('messageId', { type: () => ID }) messageId: string,
  ): Promise<Message> {
    return this.service.unpin(viewer, messageId);
  }

  @UpTo(PINS_MAX)
  @ResolveField(() => [Message], { description: `Its pinned messages, at most ${PINS_MAX}, the newest pin first.` })
  pinned(@Parent() room: Room, @Ctx() { loaders }: Context): Promise<Message[]> {
    return loaders
      .get<Message[]>('messages.pinnedIn', () => new DataLoader((ids) => this.lists.pinnedIn(ids), { cache: false }))
      .load(room.id);
  }
}
