// A session, as its owner sees it.
import { Field, ObjectType } from '@nestjs/graphql';
import type { Channel } from '../bus/event-bus.js';
import { Node } from '../core/node.js';
import type { SessionRow } from './session.entity.js';

@ObjectType({ implements: () => [Node], description: 'A browser, a script or a phone that is signed in.' })
export class Session extends Node {
  @Field({ description: 'When it signed in.' })
  createdAt!: Date;

  @Field({ description: 'When it was last used, to within some minutes.' })
  lastSeenAt!: Date;

  @Field({ description: 'When it ends unless it is used again.' })
  expiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'What the browser said it is, cut to 256 characters.' })
  userAgent!: string | null;

  @Field({ description: 'This is the one you ask with.' })
  current!: boolean;

  static of(row: SessionRow, currentId: string): Session {
    const { id, createdAt, lastSeenAt, expiresAt, userAgent } = row;
    return { id, createdAt, lastSeenAt, expiresAt, userAgent, current: id === currentId };
  }
}

/** These sessions, or access keys, are over: forget them, and close what they hold open. */
export interface SessionsEnded {
  sessionIds: string[];
}

export const sessionsChannel: Channel<SessionsEnded> = { name: 'chat:v1:sessions' };
