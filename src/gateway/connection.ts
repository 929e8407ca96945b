// One socket: what it may send us, how we write to it, what it holds open, and how it ends.
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Viewer } from '../core/viewer.js';
import type { EndableStream } from '../rooms/pull-stream.js';
import type { StreamEndReason } from '../rooms/room.events.js';
import type { Closing } from './close-codes.js';
import type { Caller } from './context.js';
import { type FanOut, Lane } from './fan-out.js';
import { FlowWindow } from './flow-window.js';
import type { Wire } from './outgoing.js';
import { Pace } from './pace.js';

const UNSENT_MAX = 1_048_576; // bytes; who floods us with pings and reads nothing gets no more answers
const CLOSE_GRACE = 5_000; // ms for the other side to answer our close frame
const LAST_WORDS = 1_000; // ms for the last items of streams to be taken
const NOTHING = Buffer.alloc(0);

/** Durations only: the time of day may be set forth or back while a socket is open. */
const now = (): number => performance.now();

export class Connection implements Wire {
  /** Set at connection_init. */
  viewer: Viewer | null = null;
  readonly lane: Lane;
  private readonly streams = new Map<EndableStream, Pace>();
  private ending = false;
  private closingSince: number | null = null;
  private readonly window = new FlowWindow();
  private unwritten = false; // the kernel has not taken all of a write
  private blockedSince: number | null = null;
  private waiting: (() => void)[] = []; // to go on when it takes again
  private tokens: number;
  private refilledAt = now();
  private pingedAt = now();
  private heardAt = now();

  constructor(
    readonly socket: WebSocket,
    readonly caller: Caller,
    readonly address: string,
    /** What the WebSocket writes to. Frames that are complete go straight to it. */
    private readonly wire: Duplex,
    fanOut: FanOut,
    private readonly messagesPerSecond: number,
  ) {
    this.lane = new Lane(this, fanOut);
    this.tokens = this.burst;
    socket.once('close', () => this.goOn());
  }

  get isOpen(): boolean {
    return this.closingSince === null && this.socket.readyState === this.socket.OPEN;
  }

  get liveStreams(): number {
    return this.streams.size;
  }

  /** Resolves when the reader may be sent more: a slow one is felt here, and nowhere piles up. */
  send(text: string): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    this.blockedSince ??= now();
    return new Promise((resolve) => {
      this.socket.send(text, () => {
        this.waiting.push(resolve); // an error is followed by 'close', which ends everything that waits
        if (!this.isBlocked) this.taken();
      });
      this.count(Buffer.byteLength(text));
    });
  }

  get isBlocked(): boolean {
    return this.unwritten || (this.window.isFull && !this.ending); // the last words need not wait
  }

  /** Whole frames, as they are. In order with what is sent: neither is kept back by us or by the library. */
  write(frames: Buffer): boolean {
    if (!this.isOpen) return true;
    this.wire.write(frames);
    const taken = this.wire.writableLength === 0;
    if (!taken) {
      this.unwritten = true;
      // Called when everything before it has been taken, which is seldom waited for: no call where the kernel took all at once.
      this.wire.write(NOTHING, () => {
        this.unwritten = false;
        this.taken();
      });
    }
    this.count(frames.length);
    return taken;
  }

  /** False when that pong answers no ping of ours: it is a message like any other. */
  answered(pong: Buffer): boolean {
    if (!this.window.answer(String(pong))) return false;
    this.heard();
    this.taken();
    return true;
  }

  pong(): void {
    if (this.socket.bufferedAmount > UNSENT_MAX) this.socket.terminate();
    else void this.send('{"type":"pong"}');
  }

  /** False when it has sent more than it may: a bucket of tokens. */
  mayTalk(at = now()): boolean {
    this.heard(at);
    this.tokens = Math.min(this.burst, this.tokens + ((at - this.refilledAt) / 1_000) * this.messagesPerSecond);
    this.refilledAt = at;
    this.tokens -= 1;
    return this.tokens >= 0;
  }

  /** Keeps hold of a stream until the returned function is called. */
  track(stream: EndableStream): () => void {
    this.streams.set(stream, new Pace());
    return () => this.streams.delete(stream);
  }

  close({ code, reason }: Closing): void {
    if (this.closingSince !== null) return;
    this.closingSince = now();
    this.socket.close(code, reason);
  }

  /** Lets every stream say why it ends, as far as the other side still reads, then closes. */
  async endAll(reason: StreamEndReason, closing: Closing, retryAfterMs?: number): Promise<void> {
    this.ending = true;
    const ends = [...this.streams.keys()].map((stream) => stream.end(reason, retryAfterMs));
    this.taken();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, LAST_WORDS);
    });
    await Promise.race([Promise.all(ends), patience]);
    clearTimeout(timer);
    await new Promise((resolve) => setImmediate(resolve)); // a stream whose last word is an error is still saying it
    this.close(closing);
  }

  /** Resolves when the socket has closed; cuts it off when that takes longer than this. */
  async gone(withinMs: number): Promise<void> {
    if (this.socket.readyState === this.socket.CLOSED) return;
    const closed = once(this.socket, 'close');
    const timer = setTimeout(() => this.socket.terminate(), withinMs);
    await closed;
    clearTimeout(timer);
  }

  /** Looked at every two seconds. True: it takes nothing from us, or ever less than what happens, and has for too long. */
  sweep(at: number, keepAlive: number, slowAfter: number): boolean {
    if (this.closingSince !== null) {
      if (at - this.closingSince > CLOSE_GRACE) this.socket.terminate();
      return false;
    }
    if (this.ending) return false;
    if (this.blockedSince !== null && at - this.blockedSince > slowAfter) return true;
    for (const [stream, pace] of this.streams) if (pace.stuckFor(stream.lag, at) > slowAfter) return true;
    if (at - this.heardAt > 2 * keepAlive) this.socket.terminate();
    else if (at - this.pingedAt >= keepAlive) {
      this.pingedAt = at;
      this.socket.ping();
    }
    return false;
  }

  onMessage(handle: (text: string) => void): void {
    this.socket.on('message', (data: RawData) => handle(String(data)));
  }

  private count(bytes: number): void {
    const ping = this.window.add(bytes);
    if (ping !== null) this.socket.ping(ping);
    if (this.isBlocked) this.blockedSince ??= now();
  }

  /** The reader, or the kernel for it, has taken something. */
  private taken(): void {
    this.blockedSince = this.isBlocked || this.socket.bufferedAmount > 0 ? now() : null;
    if (!this.isBlocked) this.goOn();
  }

  private goOn(): void {
    for (const goOn of this.waiting.splice(0)) goOn();
    this.lane.resume();
  }

  private heard(at = now()): void {
    this.heardAt = at;
  }

  private get burst(): number {
    return 10 * this.messagesPerSecond;
  }
}
