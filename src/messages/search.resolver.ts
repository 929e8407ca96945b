// Search over GraphQL.
import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer } from '../core/current-viewer.js';
import type { Viewer } from '../core/viewer.js';
import { MessageSearchInput, SearchConnection } from './search.model.js';
import { SearchService } from './search.service.js';

@Resolver()
export class SearchResolver {
  constructor(private readonly service: SearchService) {}

  @Query(() => SearchConnection, {
    description:
      'Messages by their words, in your rooms and in public ones: of the newest 500 that match, the best first. Deleted messages and earlier texts are not found. What has no word in it finds nothing. Errors: UNAUTHENTICATED, NOT_FOUND (`roomId`), BAD_USER_INPUT (`text`, page, cursor), UNAVAILABLE (it took longer than 2 s: narrow it).',
  })
  searchMessages(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: MessageSearchInput,
    @Args('first', { type: () => Int, nullable: true, description: 'How many: 1 to 100. Default 50.' })
    first: number | null,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of this list: the page begins right after it.',
    })
    after: string | null,
  ): Promise<SearchConnection> {
    return this.service.messages(viewer, input, first ?? null, after ?? null);
  }
}
