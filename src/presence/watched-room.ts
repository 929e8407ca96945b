// A room whose signals somebody on this process listens to: who is in it, who is here, and who may no longer listen.
import type { Viewer } from '../core/viewer.js';
import type { LossyStream } from '../rooms/lossy-stream.js';
import {
  type MemberJoined,
  type MemberLeft,
  type RoomEvent,
  type RoomUpdated,
  StreamEndReason,
} from '../rooms/room.events.js';
import { RoomKind } from '../rooms/room.model.js';
import type { RoomSignal, SignalFact } from '../rooms/room.signals.js';
import { PresenceSignal, ReadSignal, TypingSignal } from '../rooms/room.signals.js';
import type { RoomTail } from '../rooms/room-feed.js';
import type { User } from '../users/user.model.js';
import { Allowance } from './allowance.js';

export const MEMBERS_MAX = 500; // in a larger room nobody is told who comes, goes and reads: each of n would tell n
const EARLY_MAX = 100; // signals that wait for the log; it is there with the next tick

export interface Listener {
  readonly viewer: Viewer;
  readonly stream: LossyStream<RoomSignal>;
}

export class WatchedRoom {
  readonly listeners = new Set<Listener>();
  private readonly online = new Set<string>();
  private readonly allowance = new Allowance();
  private cursor: number;
  /** Signals that overtook the log. */
  private early: SignalFact[] = [];
  private closed = false;

  constructor(
    readonly roomId: string,
    private readonly kind: RoomKind,
    private readonly tail: RoomTail,
    /** Null: too many to tell of. */
    private members: Map<string, User> | null,
    /** When the room has moved on too far to tell who has left: who may still listen is to be judged anew. */
    private readonly onLost: () => void,
  ) {
    this.cursor = tail.head;
  }

  get memberIds(): string[] {
    return this.members ? [...this.members.keys()] : [];
  }

  /** Follows the log of the room. Whoever listens already hears nothing after an event that ends it. */
  follow(): void {
    this.tail.onNews = () => this.catchUp();
    this.catchUp();
  }

  /** A signal that was judged when the room stood at `headSeq` waits until what happened before it has got here. */
  hear(fact: SignalFact): void {
    this.catchUp();
    if (this.closed) return;
    if (this.cursor >= fact.headSeq) this.tell(fact.signal);
    else if (this.early.length < EARLY_MAX) this.early.push(fact);
  }

  /** What is known of its members by now, as a whole. */
  compare(online: ReadonlySet<string>, at: Date): void {
    for (const id of this.memberIds) this.tellPresence(id, online.has(id), at);
  }

  /** As things are when the first one begins to listen: nothing of that is news. */
  begin(online: ReadonlySet<string>): void {
    for (const id of online) this.online.add(id);
  }

  tellPresence(userId: string, online: boolean, at: Date): void {
    const user = this.members?.get(userId);
    if (!user || this.online.has(userId) === online) return;
    if (online) this.online.add(userId);
    else this.online.delete(userId);
    const { roomId } = this;
    this.tell({ __typename: 'PresenceSignal', roomId, user, online, lastSeenAt: online ? null : at } as PresenceSignal);
  }

  close(): void {
    this.closed = true;
    this.tail.close();
  }

  private catchUp(): void {
    if (this.closed || this.tail.head === this.cursor) return;
    while (this.cursor < this.tail.head) {
      const event = this.tail.at(this.cursor + 1);
      this.cursor = event?.seq ?? this.tail.head;
      if (event) this.take(event);
      else this.onLost();
    }
    const early = this.early;
    this.early = [];
    for (const fact of early) this.hear(fact);
  }

  /** Nobody hears of themselves. */
  private tell(signal: TypingSignal | PresenceSignal | ReadSignal): void {
    if (this.closed || (signal.__typename === 'ReadSignal' && this.members === null)) return;
    if (!this.allowance.take(this.listeners.size)) return;
    for (const { viewer, stream } of this.listeners) {
      if (viewer.userId !== signal.user.id) stream.push(`${signal.__typename} ${signal.user.id}`, signal);
    }
  }

  private take(event: RoomEvent): void {
    switch (event.__typename) {
      case 'MemberJoined': {
        const { user } = (event as MemberJoined).membership;
        this.members?.set(user.id, user);
        if (this.members && this.members.size > MEMBERS_MAX) this.members = null;
        return;
      }
      case 'MemberLeft':
      case 'MemberBanned': {
        const { user } = event as MemberLeft;
        this.members?.delete(user.id);
        this.online.delete(user.id);
        if (this.kind === RoomKind.PUBLIC && event.__typename === 'MemberLeft') return;
        this.end(StreamEndReason.ACCESS_REVOKED, ({ viewer }) => viewer.userId === user.id);
        return;
      }
      case 'RoomUpdated':
        if ((event as RoomUpdated).room.archivedAt !== null) this.end(StreamEndReason.ROOM_ARCHIVED, () => true);
    }
  }

  end(reason: StreamEndReason, which: (listener: Listener) => boolean): void {
    for (const listener of this.listeners) if (which(listener)) void listener.stream.end(reason);
  }
}
