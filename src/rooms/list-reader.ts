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

  tell(key: string, item: ViewerItem): void {
    for (const stream of this.streams) stream.push(key, item);
  }

  tellRoom(room: Room, at: Date): void {
    const isNew = this.added.delete(room.id);
    const item = { __typename: isNew ? 'RoomAdded' : 'RoomActivity', at, room } as RoomAdded | RoomActivity;
    this.tell(`${isNew ? 'list' : 'activity'} ${room.id}`, item);
  }

  tellRemoved(roomId: string, at: Date): void {
    this.added.delete(roomId);
    for (const stream of this.streams) stream.drop(`activity ${roomId}`);
    this.tell(`list ${roomId}`, { __typename: 'RoomRemoved', at, roomId } as RoomRemoved);
  }
}
