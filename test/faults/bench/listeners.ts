// Two kinds of listener that never give up a room: one made of the SDK, one of a bare socket as docs/protocol.md tells.
import WebSocket from 'ws';
import { ChatClient } from '../../../src/client/index.js';
import * as documents from '../../support/documents.js';
import type { Guest } from '../../support/guest.js';
import type { HouseEvent } from '../../support/seen.js';
import type { Listening, Sighting } from './recording.js';

export interface Listener {
  readonly listening: Listening;
  /** Resolves when it has been ready once. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const now = (): number => performance.now();

/** What every listener does with what it hears, however that came. */
class Notes {
  readonly ready = Promise.withResolvers<void>();
  private lostAt: number | null = null;

  constructor(readonly listening: Listening) {}

  standing(seq: number): void {
    this.listening.from ??= seq;
    if (this.lostAt !== null) this.listening.outages.push(now() - this.lostAt);
    this.lostAt = null;
    this.ready.resolve();
  }

  lost(): void {
    if (this.listening.from !== null) this.lostAt ??= now();
  }

  heard(seq: number, kind: string, message: HouseEvent['message'] | undefined): void {
    const sighting: Sighting = {
      seq,
      kind,
      messageId: message?.id ?? null,
      authorId: message?.author.id ?? null,
      key: message?.clientMessageId ?? null,
      content: message?.content ?? null,
      version: message?.version ?? 0,
      at: now(),
    };
    this.listening.seen.push(sighting);
  }
}

const newListening = (name: string, roomId: string): Listening => ({ name, roomId, from: null, seen: [], outages: [] });

/** The last four bytes of a cursor: where in the room it stands. */
const seqOf = (cursor: string): number => Buffer.from(cursor, 'base64url').readUInt32BE(17);

export function listenBySdk(name: string, guest: Guest, url: string, roomId: string): Listener {
  const notes = new Notes(newListening(name, roomId));
  const client = new ChatClient({ url: `${url}/graphql`, headers: { cookie: guest.cookie } });
  const stream = client.listen(roomId, {
    onState: (state) => {
      if (state !== 'live') notes.lost();
    },
  });
  const hearing = (async () => {
    for await (const item of stream) {
      if (item.__typename === 'StreamReady') notes.standing(seqOf(item.cursor));
      else if ('seq' in item)
        notes.heard(item.seq, item.__typename, 'message' in item ? (item.message as HouseEvent['message']) : undefined);
    }
  })();
  return {
    listening: notes.listening,
    ready: notes.ready.promise,
    close: async () => {
      await client.close();
      await hearing;
    },
  };
}

const PAUSE = 300; // ms, and as much again by chance: whoever comes back does not come at once

export function listenByHand(name: string, guest: Guest, url: string, roomId: string): Listener {
  const notes = new Notes(newListening(name, roomId));
  let cursor: string | null = null;
  let wanted = true;
  let socket: WebSocket;
  let again: NodeJS.Timeout | undefined;

  const onItem = (item: HouseEvent) => {
    if (item.__typename === 'StreamReady') notes.standing(seqOf(item.cursor));
    else if (item.seq !== undefined) notes.heard(item.seq, item.__typename, item.message);
    if (item.__typename !== 'StreamEnded') cursor = item.cursor;
  };
  const open = () => {
    socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie: guest.cookie },
      handshakeTimeout: 3_000,
    });
    let alive = setTimeout(() => socket.terminate(), 10_000);
    const query = { query: documents.ROOM_EVENTS, variables: { roomId, after: cursor } };
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      clearTimeout(alive);
      alive = setTimeout(() => socket.terminate(), 30_000); // a frozen path sends no close
      const frame = JSON.parse(String(data));
      if (frame.type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: query }));
      else if (frame.type === 'next' && frame.payload.data) onItem(frame.payload.data.roomEvents);
      else if (frame.type === 'next' || frame.type === 'error') socket.close(4_000);
    });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => {
      clearTimeout(alive);
      notes.lost();
      if (wanted) again = setTimeout(open, PAUSE * (1 + Math.random()));
    });
  };
  open();
  return {
    listening: notes.listening,
    ready: notes.ready.promise,
    close: async () => {
      wanted = false;
      clearTimeout(again);
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.terminate();
      await closed;
    },
  };
}
