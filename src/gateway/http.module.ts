// The HTTP door: Apollo Server on Fastify, with the same rules, contexts and errors as the socket.
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthModule } from '../auth/auth.module.js';
import { Settings } from '../config/config.js';
import { ErrorCode } from '../core/errors.js';
import { Contexts } from './context.js';
import { DocumentStore } from './document-store.js';
import { ErrorFormatter } from './errors.js';
import { httpRules } from './http-rules.js';
import { MAX_TOKENS, validationRules } from './limits.js';

@Module({
  imports: [AuthModule],
  providers: [Contexts, DocumentStore, ErrorFormatter],
  exports: [Contexts, DocumentStore, ErrorFormatter],
})
export class DoorsModule {}

/** Types that no field returns by name: the items of a stream, and the list of error codes. */
export type StreamTypes = NonNullable<NonNullable<ApolloDriverConfig['buildSchemaOptions']>['orphanedTypes']>;

export const httpDoor = (path: string, streamTypes: StreamTypes) =>
  GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: ApolloDriver,
    imports: [DoorsModule],
    inject: [Settings, Contexts, ErrorFormatter, DocumentStore],
    useFactory: (
      settings: Settings,
      contexts: Contexts,
      errors: ErrorFormatter,
      documentStore: DocumentStore,
    ): Omit<ApolloDriverConfig, 'driver'> => ({
      path,
      autoSchemaFile: true,
      sortSchema: true,
      buildSchemaOptions: { orphanedTypes: [...streamTypes, ErrorCode] },
      graphiql: false, // ours is served from installed files, beside this
      introspection: true, // refused by our own list of rules, for both doors
      csrfPrevention: true,
      persistedQueries: false,
      includeStacktraceInErrorResponses: false,
      autoTransformHttpErrors: false,
      documentStore,
      parseOptions: { maxTokens: MAX_TOKENS },
      validationRules: validationRules(settings),
      // Nothing here may be cached, and to find that out Apollo would look at every field of every answer.
      plugins: [httpRules, ApolloServerPluginCacheControlDisabled()],
      context: (request: FastifyRequest, reply: FastifyReply) => contexts.ofHttp(request, reply),
      formatError: (_formatted, error) => errors.format(error),
    }),
  });
