// Many sockets that listen to one room, each light: they look whether seqs follow each other, and keep the last cursor.
import WebSocket from 'ws';
import type { Guest } from '../../support/guest.js';

/** What the crowd listens with: small, so that the crowd is not what is measured. */
const LISTEN = `subscription Listen($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename cursor ... on RoomEvent { seq } ... on StreamEnded { reason retryAfterMs } } }`;

/** The same, with all that was said. */
export const LISTEN_CLOSELY = LISTEN.replace('{ seq }', '{ seq } ... on MessageSent { message { content } }');

export class Face {
  cursor: string | null = null;
  readyAt: number | null = null;
  closed: { code: number; at: number } | null = null;
  /** What StreamEnded told, when it came. */
  ended: { reason: string; retryAfterMs: number | null } | null = null;
  completed = false;
  events = 0;
  /** Times that an event did not follow the one before, over all connections. */
  holes = 0;
  seq: number | null = null;
  onEvent: (seq: number) => void = () => {};
  socket: WebSocket | null = null;

  constructor(
    private readonly guest: Guest,
    private readonly roomId: string,
    private readonly query = LISTEN,
  ) {}

  /** Resolves at StreamReady, false when it was closed before. */
  come(url: string): Promise<boolean> {
    this.readyAt = null;
    this.closed = null;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie: this.guest.cookie },
    });
    this.socket = socket;
    const payload = { query: this.query, variables: { roomId: this.roomId, after: this.cursor } };
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      if (frame.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
      if (frame.type === 'complete') this.completed = true;
      if (frame.type !== 'next') return;
      const item = frame.payload.data?.roomEvents;
      if (!item) return socket.terminate();
      this.cursor = item.cursor;
      if (item.__typename === 'StreamReady') {
        this.readyAt = performance.now();
        resolve(true);
      } else if (item.__typename === 'StreamEnded') this.ended = item;
      else this.heard(item.seq);
    });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', (code) => {
      this.closed = { code, at: performance.now() };
      resolve(false);
    });
    return promise;
  }

  private heard(seq: number): void {
    if (this.seq !== null && seq !== this.seq + 1) this.holes += 1;
    this.seq = seq;
    this.events += 1;
    this.onEvent(seq);
  }

  stall(): void {
    this.socket?.pause();
  }

  goOn(): void {
    this.socket?.resume();
  }

  leave(): void {
    this.socket?.terminate();
  }
}

/** A crowd that has come, a few dozen at a time. */
export async function crowd(count: number, guest: Guest, roomId: string, query = LISTEN): Promise<Face[]> {
  const faces = Array.from({ length: count }, () => new Face(guest, roomId, query));
  for (let at = 0; at < faces.length; at += 50) {
    const came = await Promise.all(faces.slice(at, at + 50).map((face) => face.come(guest.url)));
    if (came.includes(false))
      throw new Error(`A face was turned away: ${JSON.stringify(faces[at + came.indexOf(false)]?.closed)}`);
  }
  return faces;
}
