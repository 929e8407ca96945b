// A page of history around a place, over GraphQL.
import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, type Viewer } from '../core/viewer.js';
import { Room } from '../rooms/room.model.js';
import { MessageConnection } from './message.model.js';
import { MessageAnchor } from './message-anchor.inputs.js';
import { MessagesAround } from './messages-around.service.js';

@Resolver(() => Room)
export class MessagesAroundResolver {
  constructor(private readonly around: MessagesAround) {}

  @PerViewer()
  @ResolveField(() => MessageConnection, {
    description:
      'A page of its history around a place: `countBefore` messages before it and `countAfter` from it on, the message that was asked for the first of them; 1 to 100 in all. Goes on with `messages` before and after its cursors. Errors: NOT_FOUND (`anchor.messageId` is not of this room), BAD_USER_INPUT (`anchor`, `countBefore`, `countAfter`).',
  })
  messagesAround(
    @CurrentViewer() viewer: Viewer,
    @Parent() room: Room,
    @Args('anchor') anchor: MessageAnchor,
    @Args('countBefore', { type: () => Int, nullable: true, defaultValue: 25 }) countBefore: number | null,
    @Args('countAfter', { type: () => Int, nullable: true, defaultValue: 25 }) countAfter: number | null,
  ): Promise<MessageConnection> {
    return this.around.page(viewer, room.id, anchor, countBefore ?? 25, countAfter ?? 25);
  }
}
