// What the mutations of read state take.
import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType()
export class MarkReadInput {
  @Field(() => ID)
  roomId!: string;

  @Field(() => Int, { description: 'Up to and including this seq; 0 to the `headSeq` of the room. Never moves back.' })
  seq!: number;
}
