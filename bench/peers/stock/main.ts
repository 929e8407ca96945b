// The server that the documentation of NestJS, MikroORM and graphql-redis-subscriptions leads to.
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { MikroORM } from '@mikro-orm/core';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { announce } from '../open.ts';
import { AuthorLoader, AuthorResolver } from './author.resolver.js';
import { Membership, Message, Room, Session, User } from './entities.js';
import { MessagesResolver } from './messages.resolver.js';
import { MessagesService } from './messages.service.js';
import { openPubSub, PUB_SUB } from './pub-sub.js';

@Module({
  imports: [
    MikroOrmModule.forRoot({
      driver: PostgreSqlDriver,
      clientUrl: process.env.DATABASE_URL,
      entities: [User, Session, Room, Membership, Message],
    }),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      subscriptions: { 'graphql-ws': true },
    }),
  ],
  providers: [
    { provide: PUB_SUB, useFactory: openPubSub },
    MessagesService,
    MessagesResolver,
    AuthorLoader,
    AuthorResolver,
  ],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
await app.get(MikroORM).schema.update();
await app.listen(0, '127.0.0.1');
announce((app.getHttpServer().address() as AddressInfo).port);
