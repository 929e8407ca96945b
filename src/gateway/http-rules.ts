// What only the HTTP door has to decide: which operations it takes, with which status it tells of a refusal, and that
// nobody keeps its answers.
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { ErrorCode } from '../core/errors.js';

const ANSWER = 'application/graphql-response+json';

export const httpRules: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
        throw new GraphQLError('Subscriptions need the socket: open one at the same address.', {
          extensions: { code: ErrorCode.BAD_REQUEST, http: { status: 400 } },
        });
      },
      /** Of plain JSON the status says only whether GraphQL was asked: older clients throw the body of a 400 away. */
      async willSendResponse({ request, response: { http, body } }) {
        http.headers.set('cache-control', 'no-store');
        const accepted = request.http?.headers.get('accept') ?? '';
        if (http.status !== 400 || accepted.includes(ANSWER) || body.kind !== 'single') return;
        const codes = body.singleResult.errors?.map(({ extensions }) => extensions?.code) ?? [];
        if (!codes.includes(ErrorCode.BAD_REQUEST)) http.status = 200;
      },
    };
  },
};
