// How the events of messages are read back from the log: with the message as it is now.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { eventAt, type RoomEvent } from '../rooms/room.events.js';
import { type LogEntry, RoomLog } from '../rooms/room-log.js';
import type { MessageDeleted, MessageEdited, MessageEvent, MessageSent } from './message.events.js';
import { MessageLists } from './message.lists.js';

@Injectable()
export class MessageKinds implements OnModuleInit {
  constructor(
    private readonly log: RoomLog,
    private readonly lists: MessageLists,
  ) {}

  onModuleInit(): void {
    const revise = withNewerMessage;
    this.log.register<MessageSent>('MessageSent', { hydrate: (entries) => this.hydrate('MessageSent', entries) });
    this.log.register<MessageEdited>('MessageEdited', {
      hydrate: (entries) => this.hydrate('MessageEdited', entries),
      revise,
    });
    this.log.register<MessageDeleted>('MessageDeleted', {
      hydrate: (entries) => this.hydrate('MessageDeleted', entries),
      revise,
    });
  }

  private async hydrate<Event extends MessageEvent>(
    kind: Event['__typename'],
    entries: readonly LogEntry[],
  ): Promise<Map<number, Event>> {
    const messages = await this.lists.byIds(entries.flatMap((entry) => entry.messageId ?? []));
    const byId = new Map(messages.flatMap((message) => (message ? [[message.id, message]] : [])));
    const events = new Map<number, Event>();
    for (const entry of entries) {
      const message = byId.get(entry.messageId ?? '');
      if (message) events.set(entry.seq, { ...eventAt(kind, entry), message } as Event);
    }
    return events;
  }
}

/** Nobody is shown an older text than there is: what is kept in memory of a message changes with it. */
function withNewerMessage(earlier: RoomEvent, { message }: MessageEvent): RoomEvent {
  if (!('message' in earlier) || (earlier as MessageEvent).message.id !== message.id) return earlier;
  return { ...earlier, message } as MessageEvent;
}
