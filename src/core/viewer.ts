// The person who asks: as a GraphQL type, as a parameter of a resolver, and as a mark on fields that depend on who asks.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Extensions, GqlExecutionContext, ObjectType } from '@nestjs/graphql';
import { unauthenticated } from './errors.js';
import type { Context } from './context.js';

@ObjectType({
  description: 'The person who asks. One per client: it has no id of its own. Its fields are for nobody else to see.',
})
export class Viewer {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    /** When the session ends unless it is used again. */
    readonly expiresAt: Date,
  ) {}
}

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

/** Marks a field whose value depends on who asks: subscriptions that select one are never shared between people. */
export const PerViewer = () => Extensions({ perViewer: true });
