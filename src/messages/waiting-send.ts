// A send on its way: whoever sent it waits for the message or a refusal, and never longer than they were promised.
import { unavailable } from '../core/errors.js';
import type { Message } from './message.model.js';
import type { Send } from './send-message.sql.js';

const DEADLINE = 4_800; // ms; 5 s are promised, and what the database itself may take of them is as much

export class WaitingSend {
  readonly answer: Promise<Message>;
  /** Nobody waits any more. What has not gone out by then does not go out at all. */
  settled = false;
  private resolve!: (message: Message) => void;
  private reject!: (error: unknown) => void;
  private readonly timer: NodeJS.Timeout;

  constructor(
    readonly send: Send,
    deadline = DEADLINE,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // It may be on the way all the same: the key finds out which, when it is sent again.
    this.timer = setTimeout(() => this.refuse(unavailable()), deadline);
  }

  /** Two sends with the same one are repeats of each other. */
  get key(): string | null {
    const { roomId, authorId, clientMessageId } = this.send;
    return clientMessageId === null ? null : `${roomId} ${authorId} ${clientMessageId}`;
  }

  accept(message: Message): void {
    this.settle();
    this.resolve(message);
  }

  refuse(error: unknown): void {
    this.settle();
    this.reject(error);
  }

  private settle(): void {
    this.settled = true;
    clearTimeout(this.timer);
  }
}
