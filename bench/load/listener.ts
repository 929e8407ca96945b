// One who listens: a socket that says its lines, then counts what it hears.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Dialect, Line } from './dialects.ts';
import { CLOSE, FrameReader, PING, pongFrame, TEXT, textFrame } from './frames.ts';

/** All sockets read into the same memory, one after the other: nothing is allocated for what is only counted. */
const SHARED = Buffer.allocUnsafe(256 * 1_024);

/** Shorter than any message of ours, longer than anything else that is said once the lines are through. */
const EVENT_MIN = 200; // bytes

export interface Where {
  readonly port: number;
  readonly cookie: string | null;
  readonly dialect: Dialect;
  readonly room: string;
}

export class Listener {
  readonly room: string;
  heard = 0;
  private readonly socket: Socket;
  private readonly script: Line[];
  private readonly dialect: Dialect;
  private readonly onEvent: (listener: Listener, payload: Buffer) => void;
  private readonly frames = new FrameReader((opcode, payload) => this.frame(opcode, payload));
  private waitingFor: string | null = null;
  private upgraded = false;
  private state: 'opening' | 'open' | 'closed' = 'opening';
  private onReady: () => void = () => {};
  private onFailed: (error: Error) => void = () => {};

  /** Resolves when all its lines are said. That the peer has acted on the last one, only a message can tell. */
  static open(where: Where, onEvent: (listener: Listener, payload: Buffer) => void): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const listener = new Listener(where, onEvent);
      listener.onReady = () => resolve(listener);
      listener.onFailed = reject;
    });
  }

  private constructor(where: Where, onEvent: (listener: Listener, payload: Buffer) => void) {
    this.room = where.room;
    this.dialect = where.dialect;
    this.script = [...where.dialect.script(where.room)];
    this.onEvent = onEvent;
    this.socket = connect({
      port: where.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (length) => {
          this.read(SHARED.subarray(0, length));
          return true;
        },
      },
    });
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('close', () => this.fail(new Error('The server closed the socket of a listener')));
    this.socket.write(handshake(where));
  }

  close(): void {
    this.state = 'closed';
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    if (this.upgraded) this.frames.read(chunk);
    else this.readHandshake(chunk);
  }

  private readHandshake(chunk: Buffer): void {
    const end = chunk.indexOf('\r\n\r\n');
    const status = chunk.toString('latin1', 0, Math.max(0, chunk.indexOf('\r\n')));
    if (end < 0 || !status.includes('101')) {
      this.fail(new Error(`The server answered the handshake: ${status}`));
      return;
    }
    this.upgraded = true;
    this.speak();
    if (end + 4 < chunk.length) this.frames.read(chunk.subarray(end + 4));
  }

  private speak(): void {
    for (let line = this.script.shift(); line; line = this.script.shift()) {
      if (line.say !== undefined) this.socket.write(textFrame(line.say));
      if (line.until !== undefined) {
        this.waitingFor = line.until;
        return;
      }
    }
    this.state = 'open';
    this.onReady();
  }

  private frame(opcode: number, payload: Buffer): void {
    if (opcode === TEXT && payload.length >= EVENT_MIN && this.state === 'open') {
      this.heard += 1;
      this.onEvent(this, payload);
    } else if (opcode === TEXT) this.small(payload.toString('latin1'));
    else if (opcode === PING) this.socket.write(pongFrame(payload));
    else if (opcode === CLOSE)
      this.fail(new Error(`The server sent a listener away: ${payload.toString('latin1', 2)}`));
  }

  private small(text: string): void {
    const answer = this.dialect.answers[text];
    if (answer !== undefined) this.socket.write(textFrame(answer));
    else if (this.waitingFor !== null && text.startsWith(this.waitingFor)) {
      this.waitingFor = null;
      this.speak();
    } else if (text.includes('"type":"error"')) this.fail(new Error(`The server refused a listener: ${text}`));
  }

  private fail(error: Error): void {
    const { state } = this;
    if (state === 'closed') return;
    this.close();
    if (state === 'open') throw error; // nobody waits for it any more, and a missing listener makes every figure wrong
    this.onFailed(error);
  }
}

function handshake({ port, cookie, dialect, room }: Where): string {
  const lines = [
    `GET ${dialect.socketPath(room)} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ];
  if (dialect.protocol) lines.push(`Sec-WebSocket-Protocol: ${dialect.protocol}`);
  if (cookie) lines.push(`Cookie: ${cookie}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
