// The person who asks, as a parameter of a resolver: no handler has to check for itself.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.js';
import { forbidden, unauthenticated } from './errors.js';
import type { Viewer } from './viewer.js';

const contextOf = (execution: ExecutionContext): Context => GqlExecutionContext.create(execution).getContext<Context>();

function viewerOf(execution: ExecutionContext): Viewer {
  const { viewer } = contextOf(execution);
  if (!viewer) throw unauthenticated();
  const { operation } = GqlExecutionContext.create(execution).getInfo<GraphQLResolveInfo>();
  if (viewer.keyScope === 'READ' && operation.operation === 'mutation')
    throw forbidden('This access key may read, and change nothing.');
  return viewer;
}

/**
 * The viewer as a parameter. Refuses with UNAUTHENTICATED when nobody is signed in, and with FORBIDDEN a mutation with a
 * key that may only read, so no handler has to ask.
 */
export const CurrentViewer = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Viewer => viewerOf(execution),
);

/** The viewer, who must be signed in: for what an access key may never do, such as make another key. */
export const SignedInViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer => {
  const viewer = viewerOf(execution);
  if (viewer.keyScope) throw forbidden('An access key may not do this: sign in with the password.');
  return viewer;
});

/** The viewer, or null when nobody is signed in. Only for fields that a stranger may ask for too. */
export const MaybeViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer | null => {
  return contextOf(execution).viewer;
});
