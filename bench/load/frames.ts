// WebSocket frames, as little of them as counting needs: text is neither decoded nor parsed unless somebody asks.
import { randomBytes } from 'node:crypto';

export const TEXT = 1;
export const CLOSE = 8;
export const PING = 9;
const PONG = 10;

export type OnFrame = (opcode: number, payload: Buffer) => void;

/** Feeds on bytes as they come and tells each whole frame. The payload is only lent: it is overwritten afterwards. */
export class FrameReader {
  private rest: Buffer | null = null;

  private readonly onFrame: OnFrame;

  constructor(onFrame: OnFrame) {
    this.onFrame = onFrame;
  }

  read(chunk: Buffer): void {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] as number) & 0x7f;
      const headed = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + headed > bytes.length) break;
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      const end = at + headed + length;
      if (end > bytes.length) break;
      this.onFrame((bytes[at] as number) & 0x0f, bytes.subarray(at + headed, end));
      at = end;
    }
    this.rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  }
}

export const textFrame = (text: string): Buffer => masked(TEXT, Buffer.from(text));
export const pongFrame = (payload: Buffer): Buffer => masked(PONG, payload);

/** Clients must mask. */
function masked(opcode: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  const mask = randomBytes(4);
  const body = Buffer.from(payload);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] as number) ^ (mask[i & 3] as number);
  return Buffer.concat([head, mask, body]);
}
