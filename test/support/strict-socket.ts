// A socket spoken by hand, without any WebSocket library: every byte that the server sends is looked at.
import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { type StrictFrame, StrictReader } from './strict-frames.js';
import { within } from './wait.js';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // RFC 6455, 1.3

export class StrictSocket {
  readonly frames: StrictFrame[] = [];
  private readonly reader = new StrictReader();
  private failure: unknown = null;
  private wake: () => void = () => {};

  private constructor(private readonly socket: Socket) {}

  /** Open, and past connection_init. */
  static async greeted(url: string, cookie: string): Promise<StrictSocket> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: ${cookie}\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
    const strict = new StrictSocket(socket);
    await within('the handshake', strict.handshake(key));
    strict.send({ type: 'connection_init' });
    await strict.until((frames) => frames.some(({ message }) => message?.type === 'connection_ack'));
    return strict;
  }

  send(message: unknown): void {
    this.write(0x81, Buffer.from(JSON.stringify(message)));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The payloads of an operation so far. */
  told<Payload>(id: string): Payload[] {
    return this.frames
      .filter(({ message }) => message?.id === id && message.type === 'next')
      .map(({ message }) => message?.payload as Payload);
  }

  /** Waits for frames. Throws at the first that is not what it must be. */
  async until(enough: (frames: readonly StrictFrame[]) => boolean): Promise<void> {
    const waiting = async () => {
      for (;;) {
        if (this.failure) throw this.failure;
        if (enough(this.frames)) return;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    };
    await within('the frames', waiting());
  }

  stall(): void {
    this.socket.pause();
  }

  goOn(): void {
    this.socket.resume();
  }

  leave(): void {
    this.socket.destroy();
  }

  private async handshake(key: string): Promise<void> {
    let head = '';
    await new Promise<void>((resolve, reject) => {
      const read = (bytes: Buffer) => {
        head += bytes.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        this.socket.off('data', read);
        const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
        const right = head.startsWith('HTTP/1.1 101') && head.includes(`Sec-WebSocket-Accept: ${accept}\r\n`);
        if (!right) reject(new Error(`The handshake was answered with ${head}`));
        this.socket.on('data', (more) => this.hear(more as Buffer));
        this.hear(Buffer.from(head.slice(end + 4), 'latin1'));
        resolve();
      };
      this.socket.on('data', read);
      this.socket.once('error', reject);
    });
    this.socket.on('error', () => {});
  }

  private hear(bytes: Buffer): void {
    try {
      const frames = this.reader.read(bytes);
      this.frames.push(...frames);
      for (const { opcode, text } of frames) if (opcode === 'ping') this.write(0x8a, Buffer.from(text));
    } catch (error) {
      this.failure ??= error;
    }
    this.wake();
  }

  private write(first: number, payload: Buffer): void {
    const mask = randomBytes(4);
    const head = payload.length < 126 ? Buffer.from([first, 0x80 | payload.length]) : Buffer.alloc(4);
    if (payload.length >= 126) {
      head.set([first, 0x80 | 126]);
      head.writeUInt16BE(payload.length, 2);
    }
    const masked = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
    this.socket.write(Buffer.concat([head, mask, masked]));
  }
}
