// A reader of the bytes of a server, stricter than any client: whatever RFC 6455 and graphql-transport-ws do not allow
// from a server, it throws at.

export interface StrictFrame {
  readonly opcode: 'text' | 'close' | 'ping' | 'pong';
  readonly text: string;
  /** Of a text frame. */
  readonly message: { id?: string; type: string; payload?: unknown } | null;
}

const OPCODES = { 1: 'text', 8: 'close', 9: 'ping', 10: 'pong' } as const;

/** What each message of a server consists of, no more and no less. */
const KEYS: Readonly<Record<string, string[]>> = {
  connection_ack: ['type'],
  ping: ['type'],
  pong: ['type'],
  next: ['id', 'payload', 'type'],
  error: ['id', 'payload', 'type'],
  complete: ['id', 'type'],
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

export class StrictReader {
  private rest = Buffer.alloc(0);
  private closed = false;
  private readonly over = new Set<string>();

  /** The whole frames in what has come so far. */
  read(bytes: Buffer): StrictFrame[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const frames: StrictFrame[] = [];
    for (let frame = this.frame(); frame; frame = this.frame()) frames.push(frame);
    return frames;
  }

  private frame(): StrictFrame | null {
    const { rest } = this;
    if (rest.length < 2) return null;
    must(!this.closed, 'nothing may follow the close frame');
    const [first = 0, second = 0] = rest;
    must((first & 0x80) !== 0, 'FIN must be set: the server sends whole messages');
    must((first & 0x70) === 0, 'no extension was agreed on');
    const opcode = OPCODES[(first & 0x0f) as keyof typeof OPCODES];
    must(opcode !== undefined, `opcode ${first & 0x0f} is not one of ours`);
    must((second & 0x80) === 0, 'a server does not mask');
    const size = this.size(second & 0x7f);
    if (!size || rest.length < size.start + size.length) return null;
    const payload = rest.subarray(size.start, size.start + size.length);
    this.rest = rest.subarray(size.start + size.length);
    if (opcode !== 'text') must(size.length <= 125, 'a control frame is short');
    if (opcode === 'close') this.closed = true;
    const text = utf8.decode(opcode === 'close' ? payload.subarray(2) : payload);
    return { opcode, text, message: opcode === 'text' ? this.message(text) : null };
  }

  /** The length must be told in as few bytes as it can be. */
  private size(short: number): { start: number; length: number } | null {
    const { rest } = this;
    if (short < 126) return { start: 2, length: short };
    if (short === 126) {
      if (rest.length < 4) return null;
      const length = rest.readUInt16BE(2);
      must(length > 125, `${length} bytes fit the short form`);
      return { start: 4, length };
    }
    if (rest.length < 10) return null;
    const length = Number(rest.readBigUInt64BE(2));
    must(length > 65_535, `${length} bytes fit the form of 16 bits`);
    return { start: 10, length };
  }

  private message(text: string): StrictFrame['message'] {
    const message = JSON.parse(text);
    must(Object.keys(message).sort().join() === KEYS[message.type]?.join(), `not a message of a server: ${text}`);
    if (message.id !== undefined) {
      must(typeof message.id === 'string' && message.id !== '', 'an id is a text');
      must(!this.over.has(message.id), `operation ${message.id} was over`);
      if (message.type !== 'next') this.over.add(message.id);
    }
    return message;
  }
}

function must(condition: boolean, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}
