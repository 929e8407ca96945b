// Blocks over GraphQL.
import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '../core/current-viewer.js';
import { Viewer } from '../core/viewer.js';
import { BlocksService } from './blocks.service.js';
import { User } from './user.model.js';

@Resolver(() => Viewer)
export class BlocksResolver {
  constructor(private readonly blocks: BlocksService) {}

  @Mutation(() => Viewer, {
    description:
      'No direct messages from them any more: they open no direct room with you, and in those that you share, larger ones too, they can read but not write or edit. They are not told. Twice is once. Errors: UNAUTHENTICATED, NOT_FOUND (`userId` is nobody), BAD_USER_INPUT (yourself), CONFLICT (you have blocked 500).',
  })
  blockUser(@CurrentViewer() viewer: Viewer, @Args('userId', { type: () => ID }) userId: string): Promise<Viewer> {
    return this.blocks.block(viewer, userId);
  }

  @Mutation(() => Viewer, {
    description: 'They may write to you again. Who is not blocked may already. Errors: UNAUTHENTICATED.',
  })
  unblockUser(@CurrentViewer() viewer: Viewer, @Args('userId', { type: () => ID }) userId: string): Promise<Viewer> {
    return this.blocks.unblock(viewer, userId);
  }

  @ResolveField('blockedUsers', () => [User], {
    description: 'Whom you have blocked, the last one first; up to 500. Nobody else sees this.',
  })
  list(@Parent() viewer: Viewer): Promise<User[]> {
    return this.blocks.list(viewer);
  }
}
