// Reactions to a message, as its readers see them.
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Everyone who has reacted to a message with the same emoji.' })
export class ReactionGroup {
  /** For the field `viewerReacted`, which is resolved. */
  messageId!: string;

  @Field({ description: 'One emoji.' })
  emoji!: string;

  @Field(() => Int, { description: 'How many people: 1 or more.' })
  count!: number;
}

@InputType()
export class ReactionInput {
  @Field(() => ID)
  messageId!: string;

  @Field({
    description:
      'One emoji, as Unicode recommends it for general interchange: also one of many code points, such as a flag, a family or one with a tone of skin.',
  })
  emoji!: string;
}
