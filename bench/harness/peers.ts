// Who is measured. Each is started the same way, as a real process on a core of its own.
import { fileURLToPath } from 'node:url';
import type { DialectName } from '../load/dialects.ts';
import { STOCK_MAIN } from '../peers/stock/build.ts';

export type PeerName =
  | 'parley'
  | 'parley-unshared'
  | 'raw'
  | 'raw-coalesced'
  | 'stock'
  | 'socket.io'
  | 'mercurius'
  | 'yoga';

export interface Peer {
  readonly label: string;
  readonly entry: string;
  readonly dialect: DialectName;
  readonly keeps: 'parley' | 'stock' | null; // whose tables its database has; null without one
  readonly hasBus: boolean; // two processes tell each other by Redis
  readonly settings: Readonly<Record<string, string>>;
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const PARLEY_MAIN = file('../../dist/server/main.js');

/**
 * Limits that stand in the way of a whole audience from one address with one session, or of one person who sends
 * thousands of messages a second. Everything else is as in production. A name that the server does not know only warns.
 */
const PARLEY_UNDER_LOAD = {
  HOST: '127.0.0.1',
  PORT: '0',
  PARLEY_DRAIN: '0ms',
  PARLEY_MAX_SOCKETS_PER_SESSION: '100000',
  PARLEY_MAX_SOCKETS_PER_ADDRESS: '100000',
  PARLEY_MAX_LIVE_OPERATIONS: '10000',
  PARLEY_MAX_SOCKET_MESSAGES: '1000000',
  PARLEY_SEND_RATE: '0',
};

const parley = (label: string, shared: boolean): Peer => ({
  label,
  entry: PARLEY_MAIN,
  dialect: 'parley',
  keeps: 'parley',
  hasBus: true,
  settings: { ...PARLEY_UNDER_LOAD, PARLEY_SHARED_EXECUTION: String(shared) },
});

const other = (label: string, path: string, dialect: DialectName, hasBus = true): Peer => ({
  label,
  entry: file(path),
  dialect,
  keeps: null,
  hasBus,
  settings: {},
});

export const PEERS: Readonly<Record<PeerName, Peer>> = {
  parley: parley('Parley', true),
  'parley-unshared': parley('Parley, sharing off', false),
  raw: other('raw ws.send', '../peers/raw-send.ts', 'plain', false),
  'raw-coalesced': other('raw frames, coalesced', '../peers/raw-coalesced.ts', 'plain', false),
  stock: { label: 'stock NestJS', entry: STOCK_MAIN, dialect: 'graphql', keeps: 'stock', hasBus: true, settings: {} },
  'socket.io': other('socket.io', '../peers/socket-io.ts', 'socket.io'),
  mercurius: other('mercurius', '../peers/mercurius.ts', 'graphql'),
  yoga: other('GraphQL Yoga', '../peers/yoga.ts', 'graphql'),
};

export const PEER_NAMES = Object.keys(PEERS) as PeerName[];
