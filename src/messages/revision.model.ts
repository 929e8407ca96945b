// An earlier text of a message.
import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A text that a message once had.' })
export class MessageRevision {
  @Field(() => Int, { description: 'The `version` of the message that had this text.' })
  version!: number;

  @Field()
  content!: string;

  @Field({ description: 'When this text was written: for version 1, when it was sent.' })
  editedAt!: Date;
}
