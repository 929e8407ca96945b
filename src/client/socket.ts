// One graphql-ws client that never gives up where coming back makes sense, and gives up where it does not.
import { type Client, type ClientOptions, createClient } from 'graphql-ws/client';
import { Backoff, sleep } from './backoff.js';
import { CloseCode, closeCodeOf } from './errors.js';
import type { ListenState } from './room-stream.contract.js';

const ACK_MS = 10_000; // an acknowledgement takes milliseconds; a half-open path takes for ever
const PING_MS = 20_000; // below the 30 to 60 s after which proxies drop silent connections
const PONG_MS = 5_000; // a peer that is silent for so long is gone, though no FIN has told us

export type SocketOptions = Pick<ClientOptions, 'url' | 'webSocketImpl' | 'connectionParams' | 'on'>;

/**
 * A client for `GraphQLWsLink`, or for direct use. It connects with its first subscription and closes with its last;
 * after a loss it comes back with full jitter for as long as anyone is subscribed. The server's `retryAfterMs` is kept.
 *
 * It re-sends the variables that it was given: give `after` as a getter, and it resumes where you are.
 */
export function createSocket({ on = {}, ...options }: SocketOptions): Client {
  const backoff = new Backoff();
  let subscriptions = 0;
  let pause = new AbortController();
  let operations = 0;
  let pongIsDue: ReturnType<typeof setTimeout> | undefined;

  const client = createClient({
    ...options,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async () => {
      if (subscriptions > 0) await sleep(backoff.next(), pause.signal);
    },
    // A refused connection is an error event, not a close event: by default that alone would end everything.
    // An expired session is not for us to retry: only whoever signs in can renew it.
    shouldRetry: (problem) => closeCodeOf(problem) !== CloseCode.SESSION_EXPIRED,
    generateID: () => `${++operations}`, // unique on a socket is enough, and every frame carries it
    connectionAckWaitTimeout: ACK_MS,
    keepAlive: PING_MS,
    on: {
      ...on,
      connected: (...args) => {
        backoff.worked();
        on.connected?.(...args);
      },
      message: (message) => {
        if (message.type === 'next') backoff.stayAway(askedToStayAway(message.payload.data));
        on.message?.(message);
      },
      ping: (received, payload) => {
        if (!received) pongIsDue = setTimeout(() => client.terminate(), PONG_MS);
        on.ping?.(received, payload);
      },
      pong: (received, payload) => {
        if (received) clearTimeout(pongIsDue);
        on.pong?.(received, payload);
      },
      closed: (event) => {
        clearTimeout(pongIsDue);
        on.closed?.(event);
      },
    },
  });

  /** Nobody is left to come back for: end the pause, and graphql-ws lets go. */
  const gone = () => {
    subscriptions -= 1;
    if (subscriptions > 0) return;
    pause.abort();
    pause = new AbortController();
  };

  return {
    ...client,
    subscribe(payload, sink) {
      let open = true;
      const leave = () => {
        if (open) gone();
        open = false;
      };
      subscriptions += 1;
      const unsubscribe = client.subscribe(payload, {
        next: (value) => sink.next(value as Parameters<typeof sink.next>[0]),
        error: (problem) => {
          leave();
          sink.error(problem);
        },
        complete: () => {
          leave();
          sink.complete();
        },
      });
      return () => {
        // Not at once: left inside next(), with a complete in the same chunk of bytes, graphql-ws would count this
        // subscription out twice, and close the socket under the others.
        queueMicrotask(unsubscribe);
        leave();
      };
    },
  };
}

/** Tells a stream where the socket under it is with coming back. Answers with the way to stop. */
export function tellState(socket: Client, tell: (state: ListenState) => void): () => void {
  const stops = [socket.on('connecting', () => tell('connecting')), socket.on('closed', () => tell('waiting'))];
  return () => {
    for (const stop of stops) stop();
  };
}

/** `StreamEnded.retryAfterMs`, under whatever name the stream was asked for. */
function askedToStayAway(data: unknown): number {
  for (const item of Object.values((data ?? {}) as Record<string, { retryAfterMs?: unknown } | null>)) {
    if (typeof item?.retryAfterMs === 'number') return item.retryAfterMs;
  }
  return 0;
}
