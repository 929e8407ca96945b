// The least that a broadcast can be with the ws package: one shared string, ws.send to each.
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { bodyOf, listen, messageOf } from './open.ts';

const rooms = new Map<string, Set<WebSocket>>();
const roomAt = (path = '/'): Set<WebSocket> => {
  const room = rooms.get(path) ?? new Set();
  rooms.set(path, room);
  return room;
};

const server = createServer(async (request, response) => {
  const content = await bodyOf(request);
  const text = JSON.stringify({ id: '1', type: 'next', payload: { data: { messageSent: messageOf(content) } } });
  for (const socket of roomAt(request.url)) socket.send(text);
  response.end('{}');
});

new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
  const room = roomAt(request.url);
  room.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => room.delete(socket));
});

listen(server);
