// A place in a room: "right after this seq". One format for messages, edges, pages and stream items alike.
import { badInput } from './errors.js';

const VERSION = 1;
const LENGTH = 1 + 16 + 4; // version, room id, seq

/** base64url of version, room id and seq. */
export function encodeCursor(roomId: string, seq: number): string {
  const bytes = Buffer.allocUnsafe(LENGTH);
  bytes[0] = VERSION;
  bytes.write(roomId.replaceAll('-', ''), 1, 'hex');
  bytes.writeUInt32BE(seq, 17);
  return bytes.toString('base64url');
}

/** The seq of a cursor of that room. Whether it lies above the head is judged where the head is known. */
export function decodeCursor(cursor: string, roomId: string, field: string): number {
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length !== LENGTH || bytes[0] !== VERSION || bytes.toString('base64url') !== cursor) {
    throw badInput(field, `\`${field}\` is not a cursor. Take one from a page, a message or a stream item.`);
  }
  if (bytes.toString('hex', 1, 17) !== roomId.replaceAll('-', '')) {
    throw badInput(field, `\`${field}\` is a cursor of another room.`);
  }
  return bytes.readUInt32BE(17);
}

export function cursorAboveHead(field: string): Error {
  return badInput(field, `\`${field}\` lies ahead of the room: nothing that new has happened in it yet.`);
}
