// Follows a stream that may skip (signals of a room, the list of one's rooms): no cursor, so that coming back begins anew.
import { Backoff, sleep } from './backoff.js';
import { CloseCode, ParleyError } from './errors.js';
import type { ListenEnd } from './room-stream.contract.js';

// What the same subscription may meet with success a moment later. Everything else is an answer.
const PASSING: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

export interface LossySink<Item> {
  next(item: Item): void;
  error(problem: unknown): void;
  complete(): void;
}

export interface LossyOptions<Item> {
  /** Subscribes once, and answers with the way to unsubscribe. */
  subscribe(sink: LossySink<Item>): () => void;
  onItem(item: Item): void;
  /** Signs in again after an expired session; without it, expiry is the end. */
  renew?: (() => Promise<unknown>) | undefined;
}

export interface Following {
  /** Why it is over. Never rejects. */
  readonly ended: Promise<ListenEnd>;
  stop(): void;
}

/** Follows until `stop`, or until the server has the last word; over all losses of connection. */
export function followLossy<Item>({ subscribe, onItem, renew }: LossyOptions<Item>): Following {
  const { promise: ended, resolve } = Promise.withResolvers<ListenEnd>();
  const backoff = new Backoff();
  const stopped = new AbortController();
  let leave: () => void = () => {};

  const end = (reason: ListenEnd) => {
    stopped.abort();
    leave();
    resolve(reason);
  };

  const lost = async (problem: unknown): Promise<void> => {
    const error = ParleyError.of(problem);
    leave();
    if (error.closeCode === CloseCode.SESSION_EXPIRED) {
      if (!renew) return end({ reason: 'SESSION_EXPIRED', error });
      try {
        await renew();
      } catch {
        return end({ reason: 'SESSION_EXPIRED', error });
      }
    } else if (error.code === 'UNAUTHENTICATED') return end({ reason: 'SESSION_ENDED', error });
    else if (error.code === 'FORBIDDEN') return end({ reason: 'ACCESS_REVOKED' });
    else if (!PASSING.has(error.code)) return end({ reason: 'REFUSED', error });
    backoff.stayAway(error.retryAfterMs ?? 0);
    await sleep(backoff.next(), stopped.signal);
    open();
  };

  const open = (): void => {
    if (stopped.signal.aborted) return;
    let here = true; // a transport may call back before it returns, or once more after it was left
    let unsubscribe: (() => void) | undefined;
    leave = () => {
      here = false;
      unsubscribe?.();
    };
    unsubscribe = subscribe({
      next: (item) => {
        if (!here) return;
        backoff.worked();
        onItem(item);
      },
      error: (problem) => {
        if (here) void lost(problem);
      },
      complete: () => {
        if (here) end({ reason: 'ROOM_ARCHIVED' });
      },
    });
    if (!here) unsubscribe();
  };

  open();
  return { ended, stop: () => end({ reason: 'STOPPED' }) };
}
