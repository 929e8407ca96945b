// What the mutations of messages take.
import { Field, ID, InputType, Int } from '@nestjs/graphql';

@InputType()
export class SendMessageInput {
  @Field(() => ID)
  roomId!: string;

  @Field({
    description:
      '1 to 8,000 characters and at most 32 KiB of UTF-8, after NFC and trimming; well-formed, without U+0000, and with something that can be seen.',
  })
  content!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Your own key for this message: 1 to 64 characters, unique per author and room, for ever. Sending again with the same key and content answers with the same message; with other content, or as a reply to something else, it is CONFLICT. Without it each call is a new message.',
  })
  clientMessageId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The message that this replies to, of the same room; also one that is deleted. A reply to a reply joins its thread. Null or absent: the main line.',
  })
  parentId?: string | null;
}

@InputType()
export class EditMessageInput {
  @Field(() => ID)
  messageId!: string;

  @Field({ description: 'Like that of sendMessage.' })
  content!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that you saw. Another one by now is CONFLICT with `currentVersion`.',
  })
  expectedVersion?: number | null;
}
