// Threads over GraphQL.
import { Args, Context as Ctx, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { PageArgs } from '../core/connection.js';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { MessageLists } from './message.lists.js';
import { Message, MessageConnection } from './message.model.js';
import { MessagesService } from './messages.service.js';
import { type ThreadCount, ThreadLists } from './thread.lists.js';
import { ThreadSummary } from './thread.model.js';

@Resolver(() => Message)
export class ThreadsResolver {
  constructor(private readonly lists: MessageLists) {}

  /** Whoever may see a reply may see what it replies to: they are in the same room. */
  @ResolveField(() => Message, {
    nullable: true,
    description: 'The first message of the thread that it replies to. Null: it stands in the main line.',
  })
  parent(@Parent() message: Message, @Ctx() { loaders }: Context): Promise<Message | null> | null {
    if (message.parentId === null) return null;
    return loaders
      .get<Message | null>('messages.byIds', () => new DataLoader((ids) => this.lists.byIds(ids), { cache: false }))
      .load(message.parentId);
  }

  @ResolveField(() => ThreadSummary, {
    nullable: true,
    description: 'The thread that it begins, also when nobody has replied yet. Null: it is itself a reply.',
  })
  thread(@Parent() message: Message): ThreadSummary | null {
    return message.parentId === null ? { first: message } : null;
  }
}

@Resolver(() => ThreadSummary)
export class ThreadSummaryResolver {
  constructor(
    private readonly service: MessagesService,
    private readonly threads: ThreadLists,
  ) {}

  @ResolveField(() => Int, { description: 'How many replies there are. Deleted ones do not count.' })
  async replyCount(@Parent() { first }: ThreadSummary, @Ctx() context: Context): Promise<number> {
    return (await this.countOf(first, context)).replyCount;
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'When the newest of them was sent. Null: there is none.',
  })
  async lastReplyAt(@Parent() { first }: ThreadSummary, @Ctx() context: Context): Promise<Date | null> {
    return (await this.countOf(first, context)).lastReplyAt;
  }

  @PerViewer()
  @ResolveField('replies', () => MessageConnection, {
    description:
      'The replies, also deleted ones, which keep their place. Always ascending by `seq`; without arguments the newest 50. `first` with optional `after`, or `last` with optional `before`, 1 to 100. Cursors are those of the room. Errors: BAD_USER_INPUT (page, cursor).',
  })
  page(
    @CurrentViewer() viewer: Viewer,
    @Parent() { first }: ThreadSummary,
    @Args() page: PageArgs,
  ): Promise<MessageConnection> {
    return this.service.replies(viewer, first, page);
  }

  private countOf(first: Message, { loaders }: Context): Promise<ThreadCount> {
    return loaders
      .get<ThreadCount>('threads.counts', () => new DataLoader((ids) => this.threads.counts(ids), { cache: false }))
      .load(first.id);
  }
}
