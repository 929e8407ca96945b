// What a room's stream is to its surroundings: its items, its states, its ends, and what carries it.
import type { ParleyError } from './errors.js';
import type { RoomEventsSubscription } from './generated.js';

export type RoomStreamItem = RoomEventsSubscription['roomEvents'];
export type StreamReady = Extract<RoomStreamItem, { __typename: 'StreamReady' }>;
export type StreamEnded = Extract<RoomStreamItem, { __typename: 'StreamEnded' }>;

/** connecting: on the way. live: what happens is heard as it happens. waiting: will try again after a pause. */
export type ListenState = 'connecting' | 'live' | 'waiting';

/** Why listening is over. Whoever has an `error` did not want it so. */
export type ListenEnd =
  | { reason: 'STOPPED' | 'ACCESS_REVOKED' | 'ROOM_ARCHIVED'; error?: undefined }
  | { reason: 'SESSION_ENDED' | 'SESSION_EXPIRED' | 'REFUSED'; error: ParleyError };

/** `after` is a getter: a transport that silently subscribes again and reads it anew resumes in the right place. */
export interface StreamVariables {
  readonly roomId: string;
  readonly after: string | undefined;
}

export interface StreamSink {
  next(item: RoomStreamItem): void;
  /** Anything that `ParleyError.of` understands. */
  error(problem: unknown): void;
  complete(): void;
  /** For transports that come back by themselves: where they are with it. */
  state(state: ListenState): void;
}

export interface RoomStreamOptions {
  roomId: string;
  after?: string | undefined;
  /** Subscribes once, and answers with the way to unsubscribe. */
  subscribe(variables: StreamVariables, sink: StreamSink): () => void;
  /** Signs in again after an expired session; without it, expiry is the end. */
  renew?: (() => Promise<unknown>) | undefined;
  onItem(item: RoomStreamItem): void;
  onState?: ((state: ListenState, because?: ParleyError) => void) | undefined;
  onEnd(end: ListenEnd): void;
}
