// Follows one room over whatever carries subscriptions: keeps the cursor, drops what was seen, decides when to come back.
import { Backoff, sleep } from './backoff.js';
import { CloseCode, ParleyError } from './errors.js';
import type {
  ListenEnd,
  ListenState,
  RoomStreamItem,
  RoomStreamOptions,
  StreamEnded,
  StreamReady,
  StreamVariables,
} from './room-stream.contract.js';

// SESSION_ENDED says that a session is over, the close code that follows says how. It follows at once or never.
const CLOSE_CODE_MS = 5_000;

// What the same subscription may meet with success a moment later. Everything else is an answer.
const PASSING: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

export class RoomStream {
  readonly #options: RoomStreamOptions;
  readonly #backoff = new Backoff();
  readonly #stopped = new AbortController();
  #cursor: string | undefined;
  #seq = 0;
  #state: ListenState | undefined;
  #held = false;
  #unsubscribe: (() => void) | undefined;
  #sessionOver: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RoomStreamOptions) {
    this.#options = options;
    this.#cursor = options.after;
  }

  /** Right after the last item: where a new stream would have to begin. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  open(): void {
    if (this.#stopped.signal.aborted || this.#held || this.#unsubscribe) return;
    this.#tell('connecting');
    const stream = this;
    const variables: StreamVariables = {
      roomId: this.#options.roomId,
      get after() {
        return stream.#cursor;
      },
    };
    // A transport may call back before subscribe() returns, or once more after it was left: then nobody is listening.
    let left = false;
    const ifHere =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        if (!left) act(...args);
      };
    let unsubscribe: (() => void) | undefined;
    this.#unsubscribe = () => {
      left = true;
      unsubscribe?.();
    };
    unsubscribe = this.#options.subscribe(variables, {
      next: ifHere((item) => this.#next(item)),
      error: ifHere((problem) => void this.#lost(ParleyError.of(problem))),
      complete: ifHere(() => void this.#lost(new ParleyError('UNAVAILABLE', 'The stream ended without a reason.'))),
      state: ifHere((state) => this.#tell(state)),
    });
    if (left) unsubscribe();
  }

  /** Leaves for now; the server keeps what comes, and `resume` goes on right after the last item. */
  hold(): void {
    this.#held = true;
    this.#leave();
  }

  resume(): void {
    if (!this.#held) return;
    this.#held = false;
    this.open();
  }

  stop(): void {
    this.#end({ reason: 'STOPPED' });
  }

  #next(item: RoomStreamItem): void {
    if (item.__typename === 'StreamReady') this.#ready(item);
    else if (item.__typename === 'StreamEnded') this.#ended(item);
    else this.#happened(item);
  }

  #happened(item: Exclude<RoomStreamItem, StreamReady | StreamEnded>): void {
    if (item.seq <= this.#seq) return; // heard before the connection was lost
    this.#seq = item.seq ?? this.#seq; // an item of tomorrow's server may have none
    this.#cursor = item.cursor;
    this.#options.onItem(item);
  }

  #ready(item: StreamReady): void {
    // Subscribed again with the variables of the first time, which asked for "from now on": ask for what was missed.
    if (item.start === 'LIVE' && this.#cursor !== undefined) {
      this.#leave();
      this.open();
    } else {
      this.#backoff.worked();
      this.#cursor ??= item.cursor;
      this.#tell('live');
      this.#options.onItem(item);
    }
  }

  #ended(item: StreamEnded): void {
    switch (item.reason) {
      case 'ACCESS_REVOKED':
      case 'ROOM_ARCHIVED':
        this.#options.onItem(item);
        this.#end({ reason: item.reason });
        break;
      case 'SESSION_ENDED':
        this.#options.onItem(item);
        clearTimeout(this.#sessionOver);
        this.#sessionOver = setTimeout(() => this.#end(sessionEnded()), CLOSE_CODE_MS);
        break;
      default: // too slow, or the server stops: the close that follows brings us back, and nothing is lost
        this.#backoff.stayAway(item.retryAfterMs ?? 0);
    }
  }

  async #lost(error: ParleyError): Promise<void> {
    this.#leave();
    const sessionWasOver = this.#sessionOver !== undefined;
    clearTimeout(this.#sessionOver);
    this.#sessionOver = undefined;

    if (error.closeCode === CloseCode.SESSION_EXPIRED) return this.#renew(error);
    if (sessionWasOver) return this.#end(sessionEnded(error));
    if (error.code === 'UNAUTHENTICATED') return this.#end({ reason: 'SESSION_ENDED', error });
    if (!PASSING.has(error.code)) return this.#end({ reason: 'REFUSED', error });

    this.#backoff.stayAway(error.retryAfterMs ?? 0);
    return this.#comeBack(error);
  }

  async #renew(expired: ParleyError): Promise<void> {
    if (!this.#options.renew) return this.#end({ reason: 'SESSION_EXPIRED', error: expired });
    this.#tell('waiting', expired);
    try {
      await this.#options.renew();
    } catch (cause) {
      const error = new ParleyError('UNAUTHENTICATED', 'The session has expired and was not renewed.', { cause });
      return this.#end({ reason: 'SESSION_EXPIRED', error });
    }
    return this.#comeBack(expired); // with a pause, should the new session be refused like the old one
  }

  async #comeBack(because: ParleyError): Promise<void> {
    this.#tell('waiting', because);
    await sleep(this.#backoff.next(), this.#stopped.signal);
    this.open();
  }

  #tell(state: ListenState, because?: ParleyError): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState?.(state, because);
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #end(end: ListenEnd): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort();
    clearTimeout(this.#sessionOver);
    this.#leave();
    this.#options.onEnd(end);
  }
}

function sessionEnded(cause?: ParleyError): ListenEnd {
  const error = new ParleyError('UNAUTHENTICATED', 'The session has ended. Sign in again.', { cause });
  return { reason: 'SESSION_ENDED', error };
}
