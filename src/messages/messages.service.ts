// Messages: sending, editing, deleting, reading.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { PageArgs } from '../core/connection.js';
import { conflict, forbidden, notFound } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database, type Unit } from '../database/database.js';
import { eventAt } from '../rooms/room.events.js';
import { RoomRole } from '../rooms/room.model.js';
import { RoomAccess, type Standing } from '../rooms/room-access.js';
import { RoomLog } from '../rooms/room-log.js';
import { UsersService } from '../users/users.service.js';
import { Mentions } from './mentions.service.js';
import type { MessageEvent } from './message.events.js';
import type { EditMessageInput, SendMessageInput } from './message.inputs.js';
import { MessageLists } from './message.lists.js';
import type { Message, MessageConnection } from './message.model.js';
import { SendQueue } from './send-queue.js';
import { SendRate } from './send-rate.js';

@Injectable()
export class MessagesService {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly log: RoomLog,
    private readonly lists: MessageLists,
    private readonly users: UsersService,
    private readonly rate: SendRate,
    private readonly queue: SendQueue,
    private readonly mentions: Mentions,
  ) {}

  async send(viewer: Viewer, input: SendMessageInput): Promise<Message> {
    const content = text.messageContent(input.content);
    const clientMessageId = input.clientMessageId == null ? null : text.clientMessageId(input.clientMessageId);
    if (!isId(input.roomId)) throw notFound('room');
    this.rate.take(viewer, input.roomId);
    return this.queue.send({ id: newId(), roomId: input.roomId, authorId: viewer.userId, content, clientMessageId });
  }

  async edit(viewer: Viewer, input: EditMessageInput): Promise<Message> {
    const content = text.messageContent(input.content);
    return this.change(viewer, input.messageId, async (unit, message, standing) => {
      this.rate.take(viewer, message.roomId);
      if (message.author.id !== viewer.userId) throw forbidden('Only the author may edit a message.');
      standing.requireOpen();
      if (message.deletedAt) throw conflict('The message is deleted.', { currentVersion: message.version });
      if (input.expectedVersion != null && input.expectedVersion !== message.version) {
        throw conflict('The message has been edited since you read it.', { currentVersion: message.version });
      }
      if (message.content === content) return message;
      const next = { ...message, content, version: message.version + 1 };
      return this.tell(unit, viewer, 'MessageEdited', next, (at) => ({ ...next, editedAt: at }));
    });
  }

  async delete(viewer: Viewer, messageId: string): Promise<Message> {
    return this.change(viewer, messageId, async (unit, message, standing) => {
      if (message.author.id !== viewer.userId && standing.role === RoomRole.MEMBER) {
        throw forbidden('Only the author, moderators and owners may delete a message.');
      }
      if (message.deletedAt) return message; // twice is once
      standing.requireOpen();
      const next = { ...message, content: null, version: message.version + 1 };
      return this.tell(unit, viewer, 'MessageDeleted', next, (at) => ({ ...next, deletedAt: at }));
    });
  }

  async byId(viewer: Viewer, messageId: string): Promise<Message | null> {
    const [message] = isId(messageId) ? await this.lists.byIds([messageId]) : [];
    if (!message) return null;
    const mayRead = await this.access.reader(viewer, message.roomId).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === 'NOT_FOUND') return false;
        throw error;
      },
    );
    return mayRead ? message : null;
  }

  async history(viewer: Viewer, roomId: string, args: PageArgs): Promise<MessageConnection> {
    // The head is read before the rows: subscribing after it can repeat, but never miss.
    const { room } = await this.access.reader(viewer, roomId);
    return this.lists.page(room, args);
  }

  /** Locks the room of a message, then the message, and hands both to whoever changes it. */
  private async change(
    viewer: Viewer,
    messageId: string,
    work: (unit: Unit, message: Message, standing: Standing) => Promise<Message>,
  ): Promise<Message> {
    const [found] = isId(messageId) ? await this.lists.byIds([messageId]) : [];
    if (!found) throw notFound('message');
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, found.roomId).catch((error: { code?: string }) => {
        throw error.code === 'NOT_FOUND' ? notFound('message') : error;
      });
      standing.requireMember();
      const [message] = await this.lists.byIds([messageId]); // once more, under the lock
      if (!message) throw notFound('message');
      return work(unit, message, standing);
    });
  }

  private async tell(
    unit: Unit,
    viewer: Viewer,
    kind: 'MessageEdited' | 'MessageDeleted',
    message: Message,
    at: (moment: Date) => Message,
  ): Promise<Message> {
    const actor = await this.users.byId(viewer.userId);
    const mentions = await this.mentions.rewrite(unit, message);
    const entry = { roomId: message.roomId, kind, actor, messageId: message.id };
    const event = await this.log.append(
      unit,
      entry,
      (place) => ({ ...eventAt(kind, place), message: at(place.at), mentions }) as MessageEvent,
    );
    const { content, version, editedAt, deletedAt } = event.message;
    await unit.query(sql`
      update messages set content = ${content}, version = ${version},
        edited_at = ${editedAt?.toISOString() ?? null}::timestamptz, deleted_at = ${deletedAt?.toISOString() ?? null}::timestamptz
      where id = ${message.id}`);
    return event.message;
  }
}
