// Tells people what is new in their rooms: all rooms whose time has come together, and each of them to whoever is in it.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { log as logger, Rationed } from '../core/logging.js';
import { Database } from '../database/database.js';
import type { ListReader } from './list-reader.js';
import type { ListedRoom } from './listed-room.js';
import { RoomLists } from './room.lists.js';

const ROOMS_AT_ONCE = 500; // told of together
const AGAIN_AFTER = 1_000; // ms; when the database did not answer

interface Audience {
  readonly room: ListedRoom;
  readonly readers: readonly ListReader[];
}

@Injectable()
export class ListTeller {
  /** Somebody who was to be told of a room is in it no more. */
  onGone: (reader: ListReader, roomId: string) => void = () => {};
  private readonly waiting = new Set<ListedRoom>();
  private readonly rationed = new Rationed();
  private telling = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly lists: RoomLists,
  ) {}

  /** The time has come to tell of this room. */
  ripe(room: ListedRoom): void {
    this.waiting.add(room);
    if (!this.telling) void this.tellAll();
  }

  /** Nobody here reads of it any more. */
  forget(room: ListedRoom): void {
    this.waiting.delete(room);
  }

  stop(): void {
    this.stopped = true;
  }

  /** What becomes ripe while the database is asked is told together, right after. */
  private async tellAll(): Promise<void> {
    this.telling = true;
    while (this.waiting.size > 0 && !this.stopped) {
      const rooms = [...this.waiting].slice(0, ROOMS_AT_ONCE);
      for (const room of rooms) this.waiting.delete(room);
      const audiences = rooms.map((room) => ({ room, readers: room.takeAudience() }));
      try {
        await this.tell(audiences.filter(({ readers }) => readers.length > 0));
      } catch (error) {
        this.complain(error);
        for (const { room, readers } of audiences) for (const reader of readers) room.touchFor(reader);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      }
    }
    this.telling = false;
  }

  /**
   * The rooms first and the memberships after them: who is a member then may see everything up to the head that was read
   * before. Whoever is none any more hears that instead.
   */
  private async tell(audiences: readonly Audience[]): Promise<void> {
    if (audiences.length === 0) return;
    const models = await this.lists.byIds(audiences.map(({ room }) => room.id));
    const isMember = await this.members(audiences);
    const at = new Date();
    audiences.forEach(({ room, readers }, index) => {
      const model = models[index];
      for (const reader of readers) {
        if (model && isMember(room, reader)) reader.tellRoom(model, at);
        else this.onGone(reader, room.id);
      }
    });
  }

  private async members(audiences: readonly Audience[]): Promise<(room: ListedRoom, reader: ListReader) => boolean> {
    const pairs = audiences.flatMap(({ room, readers }) => readers.map(({ userId }) => ({ roomId: room.id, userId })));
    const rows = await this.database.statement(sql<{ room_id: string; user_id: string }>`
      select m.room_id, m.user_id
      from unnest(${pairs.map(({ roomId }) => roomId)}::uuid[], ${pairs.map(({ userId }) => userId)}::uuid[]) as w (room_id, user_id)
      join memberships m on m.room_id = w.room_id and m.user_id = w.user_id and m.ended_seq is null`);
    const members = new Set(rows.map(({ room_id, user_id }) => `${room_id} ${user_id}`));
    return (room, reader) => members.has(`${room.id} ${reader.userId}`);
  }

  private complain(error: unknown): void {
    this.rationed.line('tell', (heldBack) =>
      logger.warn({ err: error, heldBack }, 'The lists of rooms could not be told what is new; they are tried again'),
    );
  }
}
