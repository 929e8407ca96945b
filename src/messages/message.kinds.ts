// How the events of messages are read back from the log: with the message as it is now.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { eventAt, type RoomEvent } from '../rooms/room.events.js';
import { type LogEntry, RoomLog } from '../rooms/room-log.js';
import type { MessageEvent } from './message.events.js';
import { MessageLists } from './message.lists.js';
import type { Message } from './message.model.js';
import { ReactionLists } from './reaction.lists.js';

/** All but MessageSent, before which there is nothing to revise. */
const CHANGES = [
  'MessageEdited',
  'MessageDeleted',
  'ReactionAdded',
  'ReactionRemoved',
  'MessagePinned',
  'MessageUnpinned',
] as const;

@Injectable()
export class MessageKinds implements OnModuleInit {
  constructor(
    private readonly log: RoomLog,
    private readonly lists: MessageLists,
    private readonly reactions: ReactionLists,
  ) {}

  onModuleInit(): void {
    const hydrate = (entries: readonly LogEntry[]) => this.hydrate(entries);
    this.log.register<MessageEvent>('MessageSent', { hydrate });
    for (const kind of CHANGES) this.log.register<MessageEvent>(kind, { hydrate, revise: withNewerMessage });
  }

  private async hydrate(entries: readonly LogEntry[]): Promise<Map<number, MessageEvent>> {
    const found = await this.lists.byIds([...new Set(entries.flatMap((entry) => entry.messageId ?? []))]);
    const messages = await this.reactions.attach(found.filter((message) => message !== null));
    const byId = new Map(messages.map((message) => [message.id, message]));
    const events = new Map<number, MessageEvent>();
    for (const entry of entries) {
      const message = byId.get(entry.messageId ?? '');
      if (message) events.set(entry.seq, eventOf(entry, message));
    }
    return events;
  }
}

function eventOf(entry: LogEntry, message: Message): MessageEvent {
  const event = { ...eventAt(entry.kind, entry), message };
  return (entry.detail === null ? event : { ...event, emoji: entry.detail }) as MessageEvent;
}

/** Nobody is shown an older text than there is: what is kept in memory of a message changes with it. */
function withNewerMessage(earlier: RoomEvent, { message }: MessageEvent): RoomEvent {
  if (!('message' in earlier) || (earlier as MessageEvent).message.id !== message.id) return earlier;
  return { ...earlier, message } as MessageEvent;
}
