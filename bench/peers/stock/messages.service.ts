// Messages through the ORM: the room locked, its counter raised, the message flushed.
import { randomUUIDv7 } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { ForbiddenException, Inject, Injectable } from '@nestjs/common';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { channel, messageOf } from '../open.ts';
import { Membership, Message, Room, type User } from './entities.js';
import { PUB_SUB } from './pub-sub.js';

@Injectable()
export class MessagesService {
  constructor(
    private readonly em: EntityManager,
    @Inject(PUB_SUB) private readonly pubSub: RedisPubSub,
  ) {}

  async send(author: User, roomId: string, content: string): Promise<Message> {
    const message = await this.em.transactional(async (em) => {
      const room = await em.findOneOrFail(Room, roomId, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const isMember = await em.findOne(Membership, { room, user: author.id });
      if (!isMember) throw new ForbiddenException();
      room.lastSeq += 1;
      return em.create(Message, {
        id: randomUUIDv7(),
        room,
        seq: room.lastSeq,
        author: author.id,
        content,
        createdAt: new Date(),
      });
    });
    await this.pubSub.publish(channel(roomId), { messageSent: message });
    return message;
  }

  /** Tells without keeping: what fan-out is measured with. */
  async publish(roomId: string, content: string): Promise<Message> {
    const message = messageOf(content);
    await this.pubSub.publish(channel(roomId), { messageSent: message });
    return { ...message, createdAt: new Date(message.createdAt) } as Message;
  }

  async last(roomId: string, count: number, withAuthors: boolean): Promise<Message[]> {
    const newestFirst = await this.em.find(
      Message,
      { room: roomId },
      { orderBy: { seq: 'desc' }, limit: count, populate: withAuthors ? ['author'] : [] },
    );
    return newestFirst.reverse();
  }
}
