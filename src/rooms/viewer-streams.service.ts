// The streams of room lists. This process listens to the rooms that its own people are in, once each, however many they
// are: a message in a room of thousands is told to each process, and never to each person, over the bus.
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { sql } from 'kysely';
import { EventBus } from '../bus/event-bus.js';
import { Settings } from '../config/config.js';
import { log as logger, Rationed } from '../core/logging.js';
import { Metrics } from '../core/metrics.js';
import type { Viewer } from '../core/viewer.js';
import { Database } from '../database/database.js';
import { ListReader } from './list-reader.js';
import { ListTeller } from './list-teller.js';
import { ListedRoom } from './listed-room.js';
import { LossyStream } from './lossy-stream.js';
import { type RoomEvent, roomChannel } from './room.events.js';
import { RoomLog } from './room-log.js';
import { type PersonalFact, type PersonalItem, personalChannel, type ViewerItem } from './viewer.events.js';

const CALM = 10; // ticks of the log between two looks while the bus is well
const READERS_AT_ONCE = 1_000; // people in one query of memberships

@Injectable()
export class ViewerStreams implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly readers = new Map<string, ListReader>();
  private readonly rooms = new Map<string, ListedRoom>();
  private readonly makers = new Map<string, (event: RoomEvent) => PersonalItem | null>();
  private readonly rationed = new Rationed();
  private looking = false;
  private ticks = 0;
  private ticking: NodeJS.Timeout | undefined;
  private stopHearing: (() => void) | undefined;
  private open = 0;

  constructor(
    private readonly database: Database,
    private readonly teller: ListTeller,
    private readonly log: RoomLog,
    private readonly bus: EventBus,
    private readonly settings: Settings,
    metrics: Metrics,
  ) {
    teller.onGone = (reader, roomId) => this.removed(reader, roomId);
    metrics.gauge('viewer_streams', 'Streams of room lists that are open on this process.', () => this.open);
  }

  onApplicationBootstrap(): void {
    this.ticking = setInterval(() => void this.tick(), this.settings.feedTick);
    this.stopHearing = this.bus.onReady(() => void this.look(true));
  }

  onApplicationShutdown(): void {
    this.teller.stop();
    clearInterval(this.ticking);
    this.stopHearing?.();
    for (const room of this.rooms.values()) room.close();
  }

  /** How a higher floor makes an item for some people of an event of that kind. */
  register(kind: string, make: (event: RoomEvent) => PersonalItem | null): void {
    this.makers.set(kind, make);
  }

  async subscribe(viewer: Viewer): Promise<LossyStream<ViewerItem>> {
    const reader = this.hold(viewer.userId);
    try {
      await reader.opening;
    } catch (error) {
      this.letGo(reader);
      throw error;
    }
    const stream = new LossyStream<ViewerItem>(() => {
      reader.streams.delete(stream);
      this.open -= 1;
      this.letGo(reader);
    });
    reader.streams.add(stream);
    this.open += 1;
    stream.push('ready', { __typename: 'ViewerReady', at: new Date() });
    return stream;
  }

  private hold(userId: string): ListReader {
    let reader = this.readers.get(userId);
    if (!reader) {
      reader = new ListReader(userId);
      this.readers.set(userId, reader);
      reader.opening = this.openFor(reader);
    }
    reader.holders += 1;
    return reader;
  }

  private letGo(reader: ListReader): void {
    reader.holders -= 1;
    if (reader.holders > 0) return;
    if (this.readers.get(reader.userId) === reader) this.readers.delete(reader.userId);
    reader.hearing.close();
    for (const roomId of reader.roomIds) this.leave(reader, roomId);
  }

  /** Listens first and looks then, so that nothing falls in between. */
  private async openFor(reader: ListReader): Promise<void> {
    reader.hearing = this.bus.subscribe(personalChannel(reader.userId), (fact) => this.heardFor(reader, fact));
    await this.bus.confirmed([reader.hearing]);
    const rooms = await this.database.statement(sql<{ id: string; last_seq: number }>`
      select r.id, r.last_seq from memberships m join rooms r on r.id = m.room_id
      where m.user_id = ${reader.userId} and m.ended_seq is null`);
    await this.bus.confirmed(rooms.map(({ id, last_seq }) => this.enter(reader, id, last_seq).hearing));
  }

  private enter(reader: ListReader, roomId: string, head: number): ListedRoom {
    let room = this.rooms.get(roomId);
    if (!room) {
      const opened = new ListedRoom(roomId, head, (ripe) => this.teller.ripe(ripe));
      opened.hearing = this.bus.subscribe(roomChannel(roomId), (event) => this.heardIn(opened, event));
      this.rooms.set(roomId, opened);
      room = opened;
    }
    room.readers.add(reader);
    reader.roomIds.add(roomId);
    return room;
  }

  private leave(reader: ListReader, roomId: string): void {
    reader.roomIds.delete(roomId);
    const room = this.rooms.get(roomId);
    room?.readers.delete(reader);
    if (!room || room.readers.size > 0) return;
    this.rooms.delete(roomId);
    this.teller.forget(room);
    room.close();
  }

  private heardIn(room: ListedRoom, event: RoomEvent): void {
    room.touch(event.seq);
    const personal = this.makers.get(event.__typename)?.(event);
    for (const userId of personal?.userIds ?? []) {
      const reader = this.readers.get(userId);
      if (personal && reader?.roomIds.has(room.id)) reader.tellOf(room.id, personal.key, personal.item);
    }
  }

  private heardFor(reader: ListReader, fact: PersonalFact): void {
    switch (fact.__typename) {
      case 'MemberJoined':
        this.joined(reader, fact.roomId);
        return;
      case 'MemberLeft':
      case 'MemberBanned':
        this.removed(reader, fact.roomId);
        return;
      case 'ReadMoved':
        if (reader.roomIds.has(fact.roomId)) this.rooms.get(fact.roomId)?.touchFor(reader);
    }
  }

  private joined(reader: ListReader, roomId: string): void {
    if (reader.roomIds.has(roomId)) return;
    reader.added.add(roomId);
    this.enter(reader, roomId, 0).touchFor(reader);
  }

  private removed(reader: ListReader, roomId: string): void {
    if (!reader.roomIds.has(roomId)) return;
    this.leave(reader, roomId);
    reader.tellRemoved(roomId, new Date());
  }

  private async tick(): Promise<void> {
    this.ticks += 1;
    const calm = this.ticks % CALM === 0;
    if (calm || !this.bus.up) await this.look(calm);
  }

  /** Asks the database what the bus did not tell. */
  private async look(alsoWhoIsIn: boolean): Promise<void> {
    if (this.looking || this.readers.size === 0) return;
    this.looking = true;
    try {
      if (alsoWhoIsIn) await this.lookWhoIsIn();
      for (const [roomId, head] of await this.log.heads([...this.rooms.keys()])) {
        const room = this.rooms.get(roomId);
        if (room && head > room.head) room.touch(head);
      }
    } catch (error) {
      this.complain(error);
    } finally {
      this.looking = false;
    }
  }

  private async lookWhoIsIn(): Promise<void> {
    const ids = [...this.readers.keys()];
    for (let at = 0; at < ids.length; at += READERS_AT_ONCE) {
      const some = ids.slice(at, at + READERS_AT_ONCE);
      const before = new Map(some.map((id) => [id, new Set(this.readers.get(id)?.roomIds)]));
      const rows = await this.database.statement(sql<{ user_id: string; room_id: string }>`
        select user_id, room_id from memberships where user_id = any(${some}::uuid[]) and ended_seq is null`);
      const byReader = Map.groupBy(rows, (row) => row.user_id);
      for (const id of some) {
        const reader = this.readers.get(id);
        if (!reader) continue;
        const current = new Set(byReader.get(id)?.map((row) => row.room_id));
        for (const roomId of current) this.joined(reader, roomId);
        // What they have come into while the database was asked is not in its answer.
        for (const roomId of before.get(id) ?? []) if (!current.has(roomId)) this.removed(reader, roomId);
      }
    }
  }

  private complain(error: unknown): void {
    this.rationed.line('look', (heldBack) =>
      logger.warn({ err: error, heldBack }, 'The lists of rooms could not be looked up; they are tried again'),
    );
  }
}
