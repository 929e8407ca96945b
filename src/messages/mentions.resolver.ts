// Mentions over GraphQL.
import { Context as Ctx, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { Context } from '../core/context.js';
import { User } from '../users/user.model.js';
import { Mentions } from './mentions.service.js';
import { Mentioned } from './message.events.js';
import { MessageLists } from './message.lists.js';
import { Message } from './message.model.js';

@Resolver(() => Message)
export class MentionsResolver {
  constructor(private readonly mentions: Mentions) {}

  @ResolveField(() => [User], {
    name: 'mentions',
    description:
      'Members of the room whom its words address as `@username`, by name; at most 50. Whoever is no member when it is sent or edited is not mentioned.',
  })
  mentioned(@Parent() message: Message, @Ctx() { loaders }: Context): Promise<User[]> | User[] {
    if (!message.content?.includes('@')) return []; // nearly always: nothing is asked
    return loaders
      .get<User[]>('messages.mentions', () => new DataLoader((ids) => this.mentions.of(ids)))
      .load(message.id);
  }
}

@Resolver(() => Mentioned)
export class MentionedResolver {
  constructor(private readonly lists: MessageLists) {}

  @ResolveField(() => Message, { description: 'As it is now.' })
  message(@Parent() { messageId }: Mentioned, @Ctx() { loaders }: Context): Promise<Message | null> {
    return loaders
      .get<Message | null>('messages.byId', () => new DataLoader((ids) => this.lists.byIds(ids)))
      .load(messageId);
  }
}
