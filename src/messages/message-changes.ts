// Changing a message that is there: the room's lock, then the message as it is under it, then one event that carries it.
import { Injectable } from '@nestjs/common';
import { notFound } from '../core/errors.js';
import { isId } from '../core/ids.js';
import type { Viewer } from '../core/viewer.js';
import { Database, type Unit } from '../database/database.js';
import { eventAt } from '../rooms/room.events.js';
import { RoomAccess, type Standing } from '../rooms/room-access.js';
import { type LogPlace, RoomLog } from '../rooms/room-log.js';
import { UsersService } from '../users/users.service.js';
import type { MessageEvent } from './message.events.js';
import { MessageLists } from './message.lists.js';
import type { Message } from './message.model.js';
import { ReactionLists } from './reaction.lists.js';

/** What the sends are not: they lock, judge and write in one statement. */
type Changing = Exclude<MessageEvent['__typename'], 'MessageSent'>;

/** A message under its room's lock, and where the viewer, who is a member, stands in that room. */
export interface LockedMessage {
  readonly unit: Unit;
  readonly message: Message;
  readonly standing: Standing;
}

@Injectable()
export class MessageChanges {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly log: RoomLog,
    private readonly lists: MessageLists,
    private readonly reactions: ReactionLists,
    private readonly users: UsersService,
  ) {}

  async change(viewer: Viewer, messageId: string, work: (locked: LockedMessage) => Promise<Message>): Promise<Message> {
    const [found] = isId(messageId) ? await this.lists.byIds([messageId]) : [];
    if (!found) throw notFound('message');
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, found.roomId).catch((error: { code?: string }) => {
        throw error.code === 'NOT_FOUND' ? notFound('message') : error;
      });
      standing.requireMember();
      const [current] = await this.lists.byIds([messageId]); // once more, under the lock
      if (!current) throw notFound('message');
      const [message = current] = await this.reactions.attach([current]);
      return work({ unit, message, standing });
    });
  }

  /** Writes the event; `next` is the message as it is from that place on. */
  async tell(
    unit: Unit,
    viewer: Viewer,
    kind: Changing,
    message: Message,
    next: (place: LogPlace) => Message,
    news: { emoji?: string; mentions?: readonly string[] } = {},
  ): Promise<MessageEvent> {
    const actor = await this.users.byId(viewer.userId);
    const entry = { roomId: message.roomId, kind, actor, messageId: message.id, detail: news.emoji };
    return this.log.append(unit, entry, (place) => {
      return { ...eventAt(kind, place), message: next(place), ...news } as MessageEvent;
    });
  }
}
