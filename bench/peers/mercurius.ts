// mercurius with its Redis emitter, as its documentation shows it.
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { mercurius } from 'mercurius';
import redisEmitter from 'mqemitter-redis';
import { announce, channel, messageOf, REDIS_URL, TYPE_DEFS } from './open.ts';

const app = Fastify();

await app.register(mercurius, {
  schema: TYPE_DEFS,
  resolvers: {
    Mutation: {
      publish: async (_, { roomId, content }, { pubsub }) => {
        const message = messageOf(content);
        await pubsub.publish({ topic: channel(roomId), payload: { messageSent: message } });
        return message;
      },
    },
    Subscription: {
      messageSent: { subscribe: (_, { roomId }, { pubsub }) => pubsub.subscribe(channel(roomId)) },
    },
  },
  subscription: { emitter: redisEmitter({ connectionString: REDIS_URL }) },
});

await app.listen({ port: 0, host: '127.0.0.1' });
announce((app.server.address() as AddressInfo).port);
