// One person on this process who follows the list of their rooms, on one screen or several.
import type { BusSubscription } from '../bus/event-bus.js';
import type { LossyStream } from './lossy-stream.js';
import type { Room } from './room.model.js';
import type { RoomActivity, RoomAdded, RoomRemoved, ViewerItem } from './viewer.events.js';

export class ListReader {
  readonly streams = new Set<LossyStream<ViewerItem>>();
  readonly roomIds = new Set<string>();
  /** Rooms that they have come into and not yet been told of. */
  readonly added = new Set<string>();
  holders = 0;
  opening!: Promise<void>;
  hearing!: BusSubscription;

  constructor(readonly userId: string) {}

  /** Something that is only for whoever is still in that room when they take it. */
  tellOf(roomId: string, key: string, item: ViewerItem): void {
    for (const stream of this.streams) stream.push(`room ${roomId} ${key}`, item);
  }

  tellRoom(room: Room, at: Date): void {
    if (this.added.delete(room.id)) this.tellList(room.id, { __typename: 'RoomAdded', at, room } as RoomAdded);
    else this.tellOf(room.id, 'activity', { __typename: 'RoomActivity', at, room } as RoomActivity);
  }

  tellRemoved(roomId: string, at: Date): void {
    this.added.delete(roomId);
    for (const stream of this.streams) stream.drop(`room ${roomId} `);
    this.tellList(roomId, { __typename: 'RoomRemoved', at, roomId } as RoomRemoved);
  }

  private tellList(roomId: string, item: ViewerItem): void {
    for (const stream of this.streams) stream.push(`list ${roomId}`, item);
  }
}
