// A `next` message of graphql-transport-ws as the bytes of one WebSocket frame: final, text, not masked (RFC 6455, 5.2).
const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const END = 0x7d; // }

/** What stands before the payload: the same in all messages of one operation. */
export const nextPrefix = (id: string): Buffer => Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);

const messageLength = (prefix: Buffer, payload: Buffer): number => prefix.length + payload.length + 1;
const headLength = (length: number): number => (length < LENGTH_16 ? 2 : length < 65_536 ? 4 : 10);

export function frameLength(prefix: Buffer, payload: Buffer): number {
  const length = messageLength(prefix, payload);
  return headLength(length) + length;
}

/** Writes it at that place of memory that has room for it. Answers where it ends. */
export function putNextFrame(memory: Buffer, at: number, prefix: Buffer, payload: Buffer): number {
  const length = messageLength(prefix, payload);
  const start = at + headLength(length);
  memory[at] = FINAL_TEXT;
  if (length < LENGTH_16) memory[at + 1] = length;
  else if (length < 65_536) {
    memory[at + 1] = LENGTH_16;
    memory.writeUInt16BE(length, at + 2);
  } else {
    memory[at + 1] = LENGTH_64;
    memory.writeUInt32BE(0, at + 2);
    memory.writeUInt32BE(length, at + 6);
  }
  memory.set(prefix, start);
  memory.set(payload, start + prefix.length);
  memory[start + length - 1] = END;
  return start + length;
}
