// Redis pub/sub with dates revived, as the README of graphql-redis-subscriptions shows it.
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis } from 'ioredis';
import { REDIS_URL } from '../open.ts';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const dateReviver = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && ISO_DATE.test(value) ? new Date(value) : value;

export const PUB_SUB = Symbol('PUB_SUB');

export const openPubSub = (): RedisPubSub =>
  new RedisPubSub({ publisher: new Redis(REDIS_URL), subscriber: new Redis(REDIS_URL), reviver: dateReviver });
