// The person who asks, and the mark on fields whose value depends on who that is.
import { Extensions, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description: 'The person who asks. One per client: it has no id of its own. Its fields are for nobody else to see.',
})
export class Viewer {
  constructor(
    readonly userId: string,
    /** The session, or the access key, that was shown: what sockets are ended by. */
    readonly sessionId: string,
    /** When that ends; a session lives longer when it is used again. */
    readonly expiresAt: Date,
    /** What may be done with the access key that was shown. Null: it was a session, with which all may be done. */
    readonly keyScope: 'READ' | 'WRITE' | null = null,
  ) {}
}

/** Marks a field whose value depends on who asks: subscriptions that select one are never shared between people. */
export const PerViewer = () => Extensions({ perViewer: true });
