// The signals of rooms: typing, presence, reading. A room that nobody watches costs nothing.
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { type BusSubscription, EventBus } from '../bus/event-bus.js';
import { log, Rationed } from '../core/logging.js';
import { Metrics } from '../core/metrics.js';
import type { Viewer } from '../core/viewer.js';
import { Database } from '../database/database.js';
import { LossyStream } from '../rooms/lossy-stream.js';
import { StreamEndReason } from '../rooms/room.events.js';
import { type RoomSignal, type SignalFact, signalsChannel } from '../rooms/room.signals.js';
import { RoomAccess } from '../rooms/room-access.js';
import { RoomFeed } from '../rooms/room-feed.js';
import { type JoinedUser, User, userColumns } from '../users/user.model.js';
import { UsersService } from '../users/users.service.js';
import { type PresenceChanged, presenceChannel } from './presence.events.js';
import { Presence } from './presence.service.js';
import { type Listener, MEMBERS_MAX, WatchedRoom } from './watched-room.js';

const TYPING_LEASE = 5_000; // ms
const TYPING_AGAIN = 1_000; // ms; who says it more often is not told of more often
const REMEMBERED = 10_000; // people who type

/** A room while it is opened, and then. */
class Watch {
  holders = 0;
  opening!: Promise<WatchedRoom>;
  room: WatchedRoom | undefined;
  hearing: BusSubscription | undefined;
}

@Injectable()
export class RoomSignals implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watches = new Map<string, Watch>();
  private readonly typed = new LRUCache<string, true>({ max: REMEMBERED, ttl: TYPING_AGAIN });
  private readonly rationed = new Rationed();
  private hearing: BusSubscription | undefined;
  private beating: NodeJS.Timeout | undefined;
  private comparing = false;
  private open = 0;

  constructor(
    private readonly access: RoomAccess,
    private readonly feed: RoomFeed,
    private readonly bus: EventBus,
    private readonly presence: Presence,
    private readonly users: UsersService,
    private readonly database: Database,
    metrics: Metrics,
  ) {
    metrics.gauge('signal_streams', 'Streams of signals that are open on this process.', () => this.open);
  }

  onApplicationBootstrap(): void {
    this.beating = setInterval(() => void this.compare(), this.presence.beatEvery);
  }

  onApplicationShutdown(): void {
    clearInterval(this.beating);
    this.hearing?.close();
  }

  async setTyping(viewer: Viewer, roomId: string): Promise<boolean> {
    const { room } = (await this.access.reader(viewer, roomId)).requireMember().requireOpen();
    const key = `${viewer.userId} ${roomId}`;
    if (this.typed.has(key)) return true;
    this.typed.set(key, true);
    const user = await this.users.byId(viewer.userId);
    const until = new Date(Date.now() + TYPING_LEASE);
    this.bus.publish(signalsChannel(roomId), {
      signal: { __typename: 'TypingSignal', roomId, user, until },
      headSeq: room.headSeq,
    });
    return true;
  }

  async subscribe(viewer: Viewer, roomId: string): Promise<LossyStream<RoomSignal>> {
    await this.access.reader(viewer, roomId); // a stranger makes us listen to nothing
    const watch = this.hold(roomId);
    const letGo = () => this.letGo(roomId, watch);
    try {
      const room = await watch.opening;
      const stream = new LossyStream<RoomSignal>(() => {
        room.listeners.delete(listener);
        this.open -= 1;
        letGo();
      });
      const listener: Listener = { viewer, stream };
      room.listeners.add(listener);
      this.open += 1;
      try {
        // Judged again once it would hear of its own removal: what came before is seen here, what comes after there.
        const { room: seen } = await this.access.reader(viewer, roomId);
        if (seen.archivedAt) void stream.end(StreamEndReason.ROOM_ARCHIVED);
        return stream;
      } catch (error) {
        await stream.return();
        throw error;
      }
    } catch (error) {
      if (!watch.room) letGo();
      throw error;
    }
  }

  private hold(roomId: string): Watch {
    let watch = this.watches.get(roomId);
    if (!watch) {
      watch = new Watch();
      watch.opening = this.openRoom(roomId, watch);
      this.watches.set(roomId, watch);
      this.hearing ??= this.bus.subscribe(presenceChannel, (changed) => this.changed(changed));
    }
    watch.holders += 1;
    return watch;
  }

  private letGo(roomId: string, watch: Watch): void {
    watch.holders -= 1;
    if (watch.holders > 0) return;
    if (this.watches.get(roomId) === watch) this.watches.delete(roomId);
    watch.hearing?.close();
    watch.room?.close();
    if (this.watches.size > 0) return;
    this.hearing?.close();
    this.hearing = undefined;
  }

  private async openRoom(roomId: string, watch: Watch): Promise<WatchedRoom> {
    const tail = await this.feed.join(roomId);
    try {
      const [place, ...members] = await this.membersOf(roomId);
      const byId = new Map(members.map((user) => [user.id, user]));
      const onLost = () => void this.judgeAnew(roomId, watch);
      const room = new WatchedRoom(roomId, place.kind, tail, members.length > MEMBERS_MAX ? null : byId, onLost);
      room.begin(await this.presence.online(room.memberIds));
      watch.hearing = this.bus.subscribe(signalsChannel(roomId), (fact) => room.hear(revived(fact)));
      await this.bus.confirmed([watch.hearing]);
      watch.room = room;
      room.follow();
      return room;
    } catch (error) {
      watch.hearing?.close();
      tail.close();
      throw error;
    }
  }

  /** Its kind, then one more than the members that are told of. */
  private async membersOf(roomId: string): Promise<[{ kind: WatchedRoom['kind'] }, ...User[]]> {
    const rows = await this.database.statement(sql<JoinedUser & { kind: WatchedRoom['kind']; user_id: string | null }>`
      select r.kind, ${userColumns('u')} from rooms r
      left join memberships m on m.room_id = r.id and m.ended_seq is null left join users u on u.id = m.user_id
      where r.id = ${roomId} limit ${MEMBERS_MAX + 1}`);
    const [first] = rows;
    if (!first) throw new Error(`The room ${roomId} is gone although it could be read`);
    return [{ kind: first.kind }, ...rows.flatMap((row) => (row.user_id === null ? [] : [User.from(row)]))];
  }

  private changed({ came, left, at }: PresenceChanged): void {
    for (const { room } of this.watches.values()) {
      for (const userId of came) room?.tellPresence(userId, true, at);
      for (const userId of left) room?.tellPresence(userId, false, at);
    }
  }

  /** Asks what the bus did not tell; also what notices that a process was killed with all the people on it. */
  private async compare(): Promise<void> {
    if (this.comparing || this.watches.size === 0) return;
    this.comparing = true;
    const rooms = [...this.watches.values()].flatMap(({ room }) => room ?? []);
    const online = await this.presence.known([...new Set(rooms.flatMap((room) => room.memberIds))]);
    this.comparing = false;
    if (online) for (const room of rooms) room.compare(online, new Date());
  }

  private async judgeAnew(roomId: string, { room }: Watch): Promise<void> {
    for (const { viewer, stream } of [...(room?.listeners ?? [])]) {
      try {
        await this.access.reader(viewer, roomId);
      } catch (error) {
        this.rationed.line('judge', (heldBack) => log.debug({ err: error, heldBack }, 'A listener was sent away'));
        void stream.end(StreamEndReason.ACCESS_REVOKED);
      }
    }
  }
}

/** A moment by another name than those that the bus revives. */
function revived({ signal, headSeq }: SignalFact): SignalFact {
  if (signal.__typename !== 'TypingSignal') return { signal, headSeq };
  return { signal: { ...signal, until: new Date(signal.until) }, headSeq };
}
