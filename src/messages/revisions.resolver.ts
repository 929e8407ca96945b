// Earlier texts over GraphQL: for the author, moderators and owners.
import { Context as Ctx, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { UpTo } from '../core/rows.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { RoomLists } from '../rooms/room.lists.js';
import { type Membership, RoomRole } from '../rooms/room.model.js';
import { viewerMembershipIn } from '../rooms/rooms.resolver.js';
import { Message } from './message.model.js';
import { MessageRevision } from './revision.model.js';
import { REVISIONS_MAX, Revisions } from './revisions.js';

@Resolver(() => Message)
export class RevisionsResolver {
  constructor(
    private readonly revisions: Revisions,
    private readonly rooms: RoomLists,
  ) {}

  @PerViewer()
  @UpTo(REVISIONS_MAX)
  @ResolveField('revisions', () => [MessageRevision], {
    description: `The texts that it had before, the oldest first; the newest ${REVISIONS_MAX} of them are kept. For its author, moderators and owners: to everyone else the list is empty, as it is for a message that was never edited or that is deleted.`,
  })
  async earlierTexts(
    @CurrentViewer() viewer: Viewer,
    @Parent() message: Message,
    @Ctx() { loaders }: Context,
  ): Promise<MessageRevision[]> {
    if (message.version === 1 || message.deletedAt) return [];
    const isAuthor = message.author.id === viewer.userId;
    if (!isAuthor && !moderates(await viewerMembershipIn(this.rooms, loaders, viewer, message.roomId))) return [];
    return loaders
      .get<MessageRevision[]>('messages.revisions', () => {
        return new DataLoader((ids) => this.revisions.ofMessages(ids), { cache: false });
      })
      .load(message.id);
  }
}

const moderates = (membership: Membership | null): boolean =>
  membership?.role === RoomRole.OWNER || membership?.role === RoomRole.MODERATOR;
