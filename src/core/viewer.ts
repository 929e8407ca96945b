// The person who asks, and the mark on fields whose value depends on who that is.
import { Extensions, ObjectType } from '@nestjs/graphql';

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

/** Marks a field whose value depends on who asks: subscriptions that select one are never shared between people. */
export const PerViewer = () => Extensions({ perViewer: true });
