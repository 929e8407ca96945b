// The stream of a room reduced to its new messages: the five-line beginning. Its end is an error, for it has no items to say it.
import { forbidden, unauthenticated } from '../core/errors.js';
import { type RoomStreamItem, type StreamEnded, StreamEndReason } from '../rooms/room.events.js';
import type { EndableStream, RoomStream } from '../rooms/room-stream.js';
import type { MessageSent } from './message.events.js';
import type { Message } from './message.model.js';

export class MessageStream implements AsyncIterableIterator<Message>, EndableStream {
  constructor(private readonly room: RoomStream) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  get lag(): number {
    return this.room.lag;
  }

  async next(): Promise<IteratorResult<Message>> {
    for (;;) {
      const { value, done } = await this.room.next();
      if (done) return { value: undefined, done: true };
      const item: RoomStreamItem = value;
      if (item.__typename === 'MessageSent') return { value: (item as MessageSent).message, done: false };
      if (item.__typename === 'StreamEnded') await this.tellWhy((item as StreamEnded).reason);
    }
  }

  end(reason: StreamEndReason, retryAfterMs?: number): Promise<void> {
    return this.room.end(reason, retryAfterMs);
  }

  async return(): Promise<IteratorResult<Message>> {
    await this.room.return();
    return { value: undefined, done: true };
  }

  private async tellWhy(reason: StreamEndReason): Promise<void> {
    if (reason === StreamEndReason.ACCESS_REVOKED || reason === StreamEndReason.SESSION_ENDED) {
      await this.room.return(); // whoever iterates does not call `return` after an error
      if (reason === StreamEndReason.SESSION_ENDED) throw unauthenticated('The session has ended.');
      throw forbidden('You may no longer read this room.');
    }
  }
}
