// socket.io with its Redis adapter, as its documentation shows it.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { bodyOf, channel, listen, messageOf, REDIS_URL } from './open.ts';

const publisher = new Redis(REDIS_URL);
const subscriber = publisher.duplicate();

const server = createServer(async (request, response) => {
  io.to(request.url?.slice(1) ?? '').emit('messageSent', messageOf(await bodyOf(request)));
  response.end('{}');
});
const io = new Server(server, { adapter: createAdapter(publisher, subscriber, { key: channel('socket.io') }) });

io.on('connection', (socket) => {
  socket.on('join', async (room: string, joined: () => void) => {
    await socket.join(room);
    joined();
  });
});

listen(server);
