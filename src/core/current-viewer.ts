// The person who asks, as a parameter of a resolver: no handler has to check for itself.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Context } from './context.js';
import { unauthenticated } from './errors.js';
import type { Viewer } from './viewer.js';

const contextOf = (execution: ExecutionContext): Context => GqlExecutionContext.create(execution).getContext<Context>();

/** The viewer as a parameter. Refuses with UNAUTHENTICATED when nobody is signed in, so no handler has to ask. */
export const CurrentViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer => {
  const { viewer } = contextOf(execution);
  if (!viewer) throw unauthenticated();
  return viewer;
});

/** The viewer, or null when nobody is signed in. Only for fields that a stranger may ask for too. */
export const MaybeViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer | null => {
  return contextOf(execution).viewer;
});
