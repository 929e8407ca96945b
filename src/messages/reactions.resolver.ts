// Reactions over GraphQL.
import { Args, Context as Ctx, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { UpTo } from '../core/rows.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { Message } from './message.model.js';
import { ReactionLists } from './reaction.lists.js';
import { ReactionGroup, ReactionInput } from './reaction.model.js';
import { EMOJIS_MAX, ReactionsService } from './reactions.service.js';

/** Batched, and not kept: the next mutation of the same operation changes what was read. */
const FRESH = { cache: false };

@Resolver(() => Message)
export class ReactionsResolver {
  constructor(
    private readonly service: ReactionsService,
    private readonly lists: ReactionLists,
  ) {}

  @Mutation(() => Message, {
    description: `Reacts to a message; for members. Twice with the same emoji is once. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (not a member), BAD_USER_INPUT (\`emoji\` is not one emoji), CONFLICT (deleted, archived, or ${EMOJIS_MAX} different emojis are there: \`limit\`), RATE_LIMITED (\`retryAfterMs\`).`,
  })
  addReaction(@CurrentViewer() viewer: Viewer, @Args('input') input: ReactionInput): Promise<Message> {
    return this.service.add(viewer, input);
  }

  @Mutation(() => Message, {
    description:
      'Takes your own reaction back. What is not there has been taken back already. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (not a member), BAD_USER_INPUT (`emoji`), CONFLICT (archived), RATE_LIMITED (`retryAfterMs`).',
  })
  removeReaction(@CurrentViewer() viewer: Viewer, @Args('input') input: ReactionInput): Promise<Message> {
    return this.service.remove(viewer, input);
  }

  @UpTo(EMOJIS_MAX)
  @ResolveField(() => [ReactionGroup], {
    description: `What people have reacted with, at most ${EMOJIS_MAX} different emojis, in the order in which they were first used. Empty once the message is deleted.`,
  })
  reactions(@Parent() message: Message, @Ctx() { loaders }: Context): ReactionGroup[] | Promise<ReactionGroup[]> {
    if (message.reactions) return message.reactions;
    return loaders
      .get<ReactionGroup[]>('reactions.ofMessages', () => new DataLoader((ids) => this.lists.ofMessages(ids), FRESH))
      .load(message.id);
  }
}

@Resolver(() => ReactionGroup)
export class ReactionGroupResolver {
  constructor(private readonly lists: ReactionLists) {}

  @PerViewer()
  @ResolveField(() => Boolean, { description: 'You are one of them.' })
  async viewerReacted(
    @CurrentViewer() viewer: Viewer,
    @Parent() group: ReactionGroup,
    @Ctx() { loaders }: Context,
  ): Promise<boolean> {
    const emojis = await loaders
      .get<string[]>('reactions.ofViewer', () => {
        return new DataLoader((ids) => this.lists.ofUser(viewer.userId, ids), FRESH);
      })
      .load(group.messageId);
    return emojis.includes(group.emoji);
  }
}
