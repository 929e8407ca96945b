// The author of a message by a loader: all that one request asks for in one query.
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Scope } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { LoadedMessage, User } from './entities.js';

@Injectable({ scope: Scope.REQUEST })
export class AuthorLoader {
  private readonly loader = new DataLoader<string, User>(async (ids) => {
    const users = await this.em.find(User, { id: { $in: [...ids] } });
    const byId = new Map(users.map((user) => [user.id, user]));
    return ids.map((id) => byId.get(id) ?? new Error(`There is no user ${id}`));
  });

  constructor(private readonly em: EntityManager) {}

  load(id: string): Promise<User> {
    return this.loader.load(id);
  }
}

@Resolver(() => LoadedMessage)
export class AuthorResolver {
  constructor(private readonly authors: AuthorLoader) {}

  @ResolveField(() => User)
  author(@Parent() message: LoadedMessage): Promise<User> {
    return this.authors.load(message.author.id);
  }
}
