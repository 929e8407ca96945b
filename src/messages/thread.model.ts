// A thread: what was said in reply to a message, beside the main line of its room.
import { ObjectType } from '@nestjs/graphql';
import type { Message } from './message.model.js';

@ObjectType({ description: 'What was said in reply to a message. It goes on when that message is deleted.' })
export class ThreadSummary {
  /** Its first message. The fields are resolved. */
  first!: Message;
}
