// A socket without a library around it: what was sent is what the server got, what came is queued from the first frame.
import WebSocket from 'ws';
import type { HouseEvent, MessageSeen } from './seen.js';
import { within } from './wait.js';

/** What came, as far as the tests look into it. Which of it is there depends on `type`. */
export interface Frame {
  id?: string;
  type: string;
  payload: { data: { roomEvents: HouseEvent; messageSent: MessageSeen } };
}

export class RawSocket {
  private readonly frames: string[] = [];
  private wake: () => void = () => {};
  private readonly closing: Promise<{ code: number; reason: string }>;
  private readonly refused: Promise<number>;

  private static readonly knocking = new Set<WebSocket>();

  private constructor(readonly socket: WebSocket) {
    RawSocket.knocking.add(socket);
    socket.on('message', (data) => {
      this.frames.push(String(data));
      this.wake();
    });
    socket.on('error', () => {}); // 'close' follows
    this.closing = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    this.refused = new Promise((resolve) =>
      socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0)),
    );
  }

  /** Whatever a test that failed has left open. */
  static everyoneLeaves(): void {
    for (const socket of RawSocket.knocking) socket.terminate();
    RawSocket.knocking.clear();
  }

  /** Knocks. Headers such as `cookie` and `origin` go into the handshake. */
  static knock(
    url: string,
    headers: Record<string, string> = {},
    path = '/graphql',
    protocol = 'graphql-transport-ws',
    options: WebSocket.ClientOptions = {},
  ): RawSocket {
    return new RawSocket(new WebSocket(url.replace('http', 'ws') + path, protocol, { headers, ...options }));
  }

  static async open(
    url: string,
    headers: Record<string, string> = {},
    options?: WebSocket.ClientOptions,
  ): Promise<RawSocket> {
    const raw = RawSocket.knock(url, headers, undefined, undefined, options);
    await within('the socket to open', new Promise<void>((resolve) => raw.socket.once('open', () => resolve())));
    return raw;
  }

  /** Open, and past connection_init. */
  static async greeted(url: string, cookie: string, options?: WebSocket.ClientOptions): Promise<RawSocket> {
    const raw = await RawSocket.open(url, { cookie }, options);
    raw.send({ type: 'connection_init' });
    const ack = await raw.next();
    if (ack.type !== 'connection_ack') throw new Error(`Expected connection_ack, but was told ${JSON.stringify(ack)}`);
    return raw;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  async next(): Promise<Frame> {
    return within(
      'the next frame',
      (async () => {
        for (;;) {
          const frame = this.frames.shift();
          if (frame !== undefined) return JSON.parse(frame);
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
      })(),
    );
  }

  closed(): Promise<{ code: number; reason: string }> {
    return within('the socket to close', this.closing);
  }

  /** The status with which the handshake was refused. */
  status(): Promise<number> {
    return within('the refusal', this.refused);
  }

  /** What has come and nobody took. */
  get unread(): Frame[] {
    return this.frames.map((frame) => JSON.parse(frame) as Frame);
  }

  /** Reads nothing any more; the other side feels it once the buffers of both are full. */
  stall(): void {
    this.socket.pause();
  }

  goOn(): void {
    this.socket.resume();
  }

  async leave(): Promise<void> {
    this.socket.terminate();
    await this.closed();
  }
}
