// Opens streams, in the order that leaves no gap: judge, join the live tail, judge again together with the head, replay.
import { Injectable } from '@nestjs/common';
import { cursorAboveHead, decodeCursor } from '../core/cursor.js';
import { Metrics } from '../core/metrics.js';
import type { Viewer } from '../core/viewer.js';
import { RoomAccess } from './room-access.js';
import { RoomFeed } from './room-feed.js';
import { RoomStream } from './room-stream.js';

@Injectable()
export class RoomStreams {
  private open = 0;

  constructor(
    private readonly access: RoomAccess,
    private readonly feed: RoomFeed,
    metrics: Metrics,
  ) {
    metrics.gauge('streams', 'Streams of rooms that are open on this process.', () => this.open);
  }

  async subscribe(viewer: Viewer, roomId: string, afterCursor?: string | null): Promise<RoomStream> {
    await this.access.reader(viewer, roomId); // a stranger makes us listen to nothing
    const after = afterCursor == null ? null : decodeCursor(afterCursor, roomId, 'after');
    const tail = await this.feed.join(roomId);
    try {
      // Judged and placed by one statement: whatever is committed after this head — a removal too — comes as an event.
      const { room } = await this.access.reader(viewer, roomId);
      if (after !== null && after > room.headSeq) throw cursorAboveHead('after');
      this.open += 1;
      const beginning = {
        roomId,
        roomKind: room.kind,
        archived: room.archivedAt !== null,
        viewerId: viewer.userId,
        head: room.headSeq,
        after,
      };
      return new RoomStream(beginning, tail, () => {
        this.open -= 1;
      });
    } catch (error) {
      tail.close();
      throw error;
    }
  }
}
