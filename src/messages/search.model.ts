// What is searched for, and what was found.
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../core/connection.js';
import { Message } from './message.model.js';

@InputType()
export class MessageSearchInput {
  @Field({
    description:
      'Words that the message must all have, in any order; `"in quotes"` one after the other, `or` between two: one of them, `-` before one: not that one. 1 to 200 characters. At least one word that the message has must be named.',
  })
  text!: string;

  @Field(() => ID, { nullable: true, description: 'Only in this room.' })
  roomId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what this person has said.' })
  authorId?: string | null;

  @Field(() => Date, { nullable: true, description: 'Only what was sent after this moment.' })
  sentAfter?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Only what was sent before this moment.' })
  sentBefore?: Date | null;
}

@ObjectType({ description: 'A message that was found.' })
export class SearchHit {
  @Field(() => Message)
  message!: Message;

  @Field({
    description:
      'The places where it was found: plain text, never markup, at most 320 characters. U+0002 stands before and U+0003 after each word that was looked for, and nowhere else: split at them, and show what is between as text. " … " stands between two places.',
  })
  snippet!: string;
}

@ObjectType({ description: 'A page of what was found, the best first.' })
export class SearchConnection extends connectionType(() => SearchHit, 'Search') {}
