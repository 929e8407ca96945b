// The stream of a room reduced to its new messages: the five-line beginning. Its end is an error, for it has no items to say it.
import { forbidden, unauthenticated } from '../core/errors.js';
import { PullStream } from '../rooms/pull-stream.js';
import { type RoomStreamItem, type StreamEnded, StreamEndReason } from '../rooms/room.events.js';
import type { RoomStream } from '../rooms/room-stream.js';
import type { MessageSent } from './message.events.js';
import type { Message } from './message.model.js';

export class MessageStream extends PullStream<Message> {
  constructor(private readonly stream: RoomStream) {
    super();
    stream.onReady = () => this.onReady();
  }

  override get room(): object {
    return this.stream.room;
  }

  override get head(): number {
    return this.stream.head;
  }

  override get recent(): boolean {
    return this.stream.recent;
  }

  override get lag(): number {
    return this.stream.lag;
  }

  override get done(): boolean {
    return this.stream.done;
  }

  override take(): Message | null {
    for (;;) {
      const item: RoomStreamItem | null = this.stream.take();
      if (item === null) return null;
      if (item.__typename === 'MessageSent') return (item as MessageSent).message;
      if (item.__typename === 'StreamEnded') this.tellWhy((item as StreamEnded).reason);
    }
  }

  override end(reason: StreamEndReason, retryAfterMs?: number): Promise<void> {
    return this.stream.end(reason, retryAfterMs);
  }

  override leave(): void {
    this.stream.leave();
  }

  private tellWhy(reason: StreamEndReason): void {
    if (reason !== StreamEndReason.ACCESS_REVOKED && reason !== StreamEndReason.SESSION_ENDED) return;
    this.leave();
    if (reason === StreamEndReason.SESSION_ENDED) throw unauthenticated('The session has ended.');
    throw forbidden('You may no longer read this room.');
  }
}
