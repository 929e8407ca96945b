// The GraphQL side of messages.
import { Inject, UseGuards } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { channel } from '../open.ts';
import { LoadedMessage, Message, type User } from './entities.js';
import { MessagesService } from './messages.service.js';
import { PUB_SUB } from './pub-sub.js';
import { SessionGuard } from './session.guard.js';

@Resolver(() => Message)
export class MessagesResolver {
  constructor(
    private readonly messages: MessagesService,
    @Inject(PUB_SUB) private readonly pubSub: RedisPubSub,
  ) {}

  @Query(() => [Message], { name: 'messages' })
  @UseGuards(SessionGuard)
  history(
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('last', { type: () => Int }) last: number,
  ): Promise<Message[]> {
    return this.messages.last(roomId, last, true);
  }

  @Query(() => [LoadedMessage])
  @UseGuards(SessionGuard)
  loadedMessages(
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('last', { type: () => Int }) last: number,
  ): Promise<LoadedMessage[]> {
    return this.messages.last(roomId, last, false);
  }

  @Mutation(() => Message)
  @UseGuards(SessionGuard)
  sendMessage(
    @Context('user') user: User,
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('content') content: string,
  ): Promise<Message> {
    return this.messages.send(user, roomId, content);
  }

  @Mutation(() => Message)
  publish(@Args('roomId', { type: () => ID }) roomId: string, @Args('content') content: string): Promise<Message> {
    return this.messages.publish(roomId, content);
  }

  @Subscription(() => Message)
  messageSent(@Args('roomId', { type: () => ID }) roomId: string): AsyncIterableIterator<Message> {
    return this.pubSub.asyncIterator<Message>(channel(roomId));
  }
}
