// How far somebody has read in a room, for nobody but themselves.
import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum NotifyLevel {
  ALL = 'ALL',
  MENTIONS = 'MENTIONS',
  NONE = 'NONE',
}

registerEnumType(NotifyLevel, {
  name: 'NotifyLevel',
  description: 'What of a room a client should bring to your notice. The server keeps it, and hides nothing by it.',
  valuesMap: {
    ALL: { description: 'Everything. The beginning.' },
    MENTIONS: { description: 'Only what mentions you.' },
    NONE: { description: 'Nothing.' },
  },
});

/** Where counting stops: nobody reads more of a badge than "99+". */
export const COUNTED = 100;

@ObjectType({ description: 'How far you have read in a room. Nobody else sees it.' })
export class ReadState {
  @Field(() => Int, {
    description:
      'You have read up to and including this seq: the highest of what you marked, your own newest message, and where you joined.',
  })
  lastReadSeq!: number;

  @Field(() => Int, {
    description: `Messages after it that are not deleted, replies of threads left out. Exact up to ${COUNTED}, where counting stops.`,
  })
  unreadCount!: number;

  @Field(() => Int, {
    description: `Messages after it that mention you and are not deleted, replies of threads among them. Exact up to ${COUNTED}, where counting stops.`,
  })
  mentionCount!: number;

  @Field(() => NotifyLevel)
  notify!: NotifyLevel;
}
