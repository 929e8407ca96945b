// Around what a page of messages is wanted.
import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ isOneOf: true, description: 'A place in the history of a room: exactly one of these.' })
export class MessageAnchor {
  @Field(() => ID, { nullable: true, description: 'A message of this room.' })
  messageId?: string | null;

  @Field(() => Date, { nullable: true, description: 'The first message that was sent at that moment or later.' })
  at?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: right after what you have read. With nothing unread, and for who is no member, the end of the history.',
  })
  firstUnread?: boolean | null;
}
