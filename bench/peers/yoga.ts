// GraphQL Yoga over graphql-ws with its Redis event target, as its documentation shows it.
import { createServer } from 'node:http';
import { createRedisEventTarget } from '@graphql-yoga/redis-event-target';
import { useServer } from 'graphql-ws/use/ws';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { Redis } from 'ioredis';
import { WebSocketServer } from 'ws';
import { type ChatMessage, channel, listen, messageOf, REDIS_URL, TYPE_DEFS } from './open.ts';

interface Asked {
  readonly roomId: string;
  readonly content: string;
}

type Enveloped = Pick<ReturnType<(typeof yoga)['getEnveloped']>, 'execute' | 'subscribe'>;

/** What `onSubscribe` put into the root value below. */
const enveloped = ({ rootValue }: { rootValue?: unknown }) => rootValue as Enveloped;

const pubSub = createPubSub<Record<string, [message: ChatMessage]>>({
  eventTarget: createRedisEventTarget({ publishClient: new Redis(REDIS_URL), subscribeClient: new Redis(REDIS_URL) }),
});

const yoga = createYoga({
  schema: createSchema({
    typeDefs: TYPE_DEFS,
    resolvers: {
      Mutation: {
        publish: (_, { roomId, content }: Asked) => {
          const message = messageOf(content);
          pubSub.publish(channel(roomId), message);
          return message;
        },
      },
      Subscription: {
        messageSent: {
          subscribe: (_: unknown, { roomId }: Asked) => pubSub.subscribe(channel(roomId)),
          resolve: (message: ChatMessage) => message,
        },
      },
    },
  }),
});

const server = createServer(yoga);

useServer(
  {
    execute: (args) => enveloped(args).execute(args),
    subscribe: (args) => enveloped(args).subscribe(args),
    onSubscribe: async (ctx, _id, params) => {
      const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
        ...ctx,
        req: ctx.extra.request,
        socket: ctx.extra.socket,
        params,
      });
      const args = {
        schema,
        operationName: params.operationName,
        document: parse(params.query),
        variableValues: params.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      };
      const errors = validate(args.schema, args.document);
      return errors.length > 0 ? errors : args;
    },
  },
  new WebSocketServer({ server, path: yoga.graphqlEndpoint }),
);

listen(server);
