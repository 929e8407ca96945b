// Pins: what moderators and owners keep in sight.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { conflict } from '../core/errors.js';
import type { Viewer } from '../core/viewer.js';
import type { Unit } from '../database/database.js';
import type { Message } from './message.model.js';
import { MessageChanges } from './message-changes.js';

export const PINS_MAX = 50; // in one room; what is more than that is no help in finding anything

@Injectable()
export class PinsService {
  constructor(private readonly changes: MessageChanges) {}

  async pin(viewer: Viewer, messageId: string): Promise<Message> {
    return this.changes.change(viewer, messageId, async ({ unit, message, standing }) => {
      standing.requireModerator().requireOpen();
      if (message.deletedAt) throw conflict('The message is deleted.', { currentVersion: message.version });
      if (message.pinnedAt) return message; // twice is once
      await this.requireRoomForOne(unit, message.roomId);
      const pinned = await this.changes.tell(unit, viewer, 'MessagePinned', message, ({ at }) => ({
        ...message,
        pinnedAt: at,
      }));
      await unit.query(sql`
        update messages set pinned_at = ${pinned.at.toISOString()}::timestamptz where id = ${message.id}`);
      return pinned.message;
    });
  }

  async unpin(viewer: Viewer, messageId: string): Promise<Message> {
    return this.changes.change(viewer, messageId, async ({ unit, message, standing }) => {
      standing.requireModerator().requireOpen();
      if (!message.pinnedAt) return message; // also when the message is deleted
      const next = { ...message, pinnedAt: null };
      await unit.query(sql`update messages set pinned_at = null where id = ${message.id}`);
      return (await this.changes.tell(unit, viewer, 'MessageUnpinned', message, () => next)).message;
    });
  }

  private async requireRoomForOne(unit: Unit, roomId: string): Promise<void> {
    const [pins] = await unit.query(sql<{ count: number }>`
      select count(*)::int as count from messages where room_id = ${roomId} and pinned_at is not null`);
    if ((pins?.count ?? 0) < PINS_MAX) return;
    throw conflict(`The room has ${PINS_MAX} pinned messages: unpin one first.`, { limit: PINS_MAX });
  }
}
