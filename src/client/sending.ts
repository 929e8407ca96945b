// Sends one message until it is acknowledged: every attempt carries the same key, so it can never be there twice.
import { Backoff, sleep } from './backoff.js';
import { ParleyError } from './errors.js';
import type { MessageCardFragment } from './generated.js';

const PERSIST_MS = 30_000; // outlasts a restart or a failover; someone who has waited longer would rather decide

export interface SendOptions {
  /** Your own key for this message, at most 64 characters; a random UUID unless given. */
  clientMessageId?: string | undefined;
  /** The message that this replies to. */
  parentId?: string | undefined;
  /** Gives up waiting. The message may have been sent all the same: the key tells. */
  signal?: AbortSignal | undefined;
  /** How long to go on trying in milliseconds; 30 s unless given, Infinity if you bring a signal of your own. */
  persistForMs?: number | undefined;
}

type Attempt = (clientMessageId: string) => Promise<MessageCardFragment>;

export async function persist(
  attempt: Attempt,
  options: SendOptions,
  closed: AbortSignal,
): Promise<MessageCardFragment> {
  const { clientMessageId = randomKey(), signal, persistForMs = PERSIST_MS } = options;
  const stop = signal ? AbortSignal.any([signal, closed]) : closed;
  const deadline = performance.now() + persistForMs;
  const backoff = new Backoff();
  for (;;) {
    stop.throwIfAborted();
    try {
      return await attempt(clientMessageId);
    } catch (problem) {
      if (!(problem instanceof ParleyError)) throw problem;
      backoff.stayAway(problem.retryAfterMs ?? 0);
      const pause = backoff.next();
      const passes = problem.code === 'UNAVAILABLE' || problem.code === 'RATE_LIMITED';
      if (!passes || performance.now() + pause > deadline) throw problem.withKey(clientMessageId);
      await sleep(pause, stop);
    }
  }
}

/** A page that did not come over https has no crypto.randomUUID. */
function randomKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
