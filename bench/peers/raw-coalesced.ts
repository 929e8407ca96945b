// The least that a burst can be: frames built by hand, all that came in one turn of the event loop in one write a socket.
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { bodyOf, listen, messageOf } from './open.ts';

interface Room {
  readonly sockets: Set<Socket>;
  pending: Buffer[];
}

const rooms = new Map<string, Room>();
const roomAt = (path = '/'): Room => {
  const room = rooms.get(path) ?? { sockets: new Set(), pending: [] };
  rooms.set(path, room);
  return room;
};

const server = createServer(async (request, response) => {
  const content = await bodyOf(request);
  const text = JSON.stringify({ id: '1', type: 'next', payload: { data: { messageSent: messageOf(content) } } });
  const room = roomAt(request.url);
  if (room.pending.push(frameOf(text)) === 1) setImmediate(() => flush(room));
  response.end('{}');
});

function flush(room: Room): void {
  const bytes = Buffer.concat(room.pending);
  room.pending = [];
  for (const socket of room.sockets) socket.write(bytes);
}

/** One whole text frame of 126 to 65,535 bytes: ours are all of that size. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (webSocket, request) => {
  const { sockets } = roomAt(request.url);
  sockets.add(request.socket);
  webSocket.on('error', () => {});
  webSocket.on('close', () => sockets.delete(request.socket));
});

listen(server);
