// Messages: sending, editing, deleting, reading.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { PageArgs } from '../core/connection.js';
import { conflict, forbidden, notFound } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { RoomRole } from '../rooms/room.model.js';
import { RoomAccess } from '../rooms/room-access.js';
import type { LogPlace } from '../rooms/room-log.js';
import { Mentions } from './mentions.service.js';
import type { EditMessageInput, SendMessageInput } from './message.inputs.js';
import { MessageLists } from './message.lists.js';
import type { Message, MessageConnection } from './message.model.js';
import { MessageChanges } from './message-changes.js';
import { Revisions } from './revisions.js';
import { noParent } from './send-outcome.js';
import { SendQueue } from './send-queue.js';
import { SendRate } from './send-rate.js';

@Injectable()
export class MessagesService {
  constructor(
    private readonly access: RoomAccess,
    private readonly lists: MessageLists,
    private readonly changes: MessageChanges,
    private readonly revisions: Revisions,
    private readonly rate: SendRate,
    private readonly queue: SendQueue,
    private readonly mentions: Mentions,
  ) {}

  async send(viewer: Viewer, input: SendMessageInput): Promise<Message> {
    const content = text.messageContent(input.content);
    const clientMessageId = input.clientMessageId == null ? null : text.clientMessageId(input.clientMessageId);
    if (!isId(input.roomId)) throw notFound('room');
    const parentId = input.parentId ?? null;
    if (parentId !== null && !isId(parentId)) throw noParent();
    this.rate.take(viewer, input.roomId);
    const { roomId } = input;
    return this.queue.send({ id: newId(), roomId, authorId: viewer.userId, content, clientMessageId, parentId });
  }

  async edit(viewer: Viewer, input: EditMessageInput): Promise<Message> {
    const content = text.messageContent(input.content);
    return this.changes.change(viewer, input.messageId, async ({ unit, message, standing }) => {
      this.rate.take(viewer, message.roomId);
      if (message.author.id !== viewer.userId) throw forbidden('Only the author may edit a message.');
      standing.requireOpen().requireSpeaker();
      if (message.deletedAt) throw conflict('The message is deleted.', { currentVersion: message.version });
      if (input.expectedVersion != null && input.expectedVersion !== message.version) {
        throw conflict('The message has been edited since you read it.', { currentVersion: message.version });
      }
      if (message.content === content) return message;
      await this.revisions.keep(unit, message);
      const version = message.version + 1;
      const next = { ...message, content, version };
      const mentions = await this.mentions.rewrite(unit, next);
      const at = ({ at: editedAt }: LogPlace) => ({ ...next, editedAt });
      const edited = await this.changes.tell(unit, viewer, 'MessageEdited', message, at, { mentions });
      await unit.query(sql`
        update messages set content = ${content}, version = ${version}, edited_at = ${edited.at.toISOString()}::timestamptz
        where id = ${message.id}`);
      return edited.message;
    });
  }

  async delete(viewer: Viewer, messageId: string): Promise<Message> {
    return this.changes.change(viewer, messageId, async ({ unit, message, standing }) => {
      if (message.author.id !== viewer.userId && standing.role === RoomRole.MEMBER) {
        throw forbidden('Only the author, moderators and owners may delete a message.');
      }
      if (message.deletedAt) return message; // twice is once
      standing.requireOpen();
      const version = message.version + 1;
      const deleted = await this.changes.tell(unit, viewer, 'MessageDeleted', message, ({ at }) => ({
        ...message,
        content: null,
        version,
        deletedAt: at,
        pinnedAt: null,
        reactions: [],
      }));
      await unit.query(sql`
        update messages set content = null, pinned_at = null, version = ${version},
          deleted_at = ${deleted.at.toISOString()}::timestamptz
        where id = ${message.id}`);
      await unit.query(sql`delete from message_revisions where message_id = ${message.id}`);
      await unit.query(sql`delete from message_reactions where message_id = ${message.id}`);
      await unit.query(sql`delete from message_mentions where message_id = ${message.id}`);
      return deleted.message;
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
    return this.lists.page(room, null, args);
  }

  /** The thread that begins with that message. */
  async replies(viewer: Viewer, first: Message, args: PageArgs): Promise<MessageConnection> {
    const { room } = await this.access.reader(viewer, first.roomId);
    return this.lists.page(room, first.id, args);
  }
}
