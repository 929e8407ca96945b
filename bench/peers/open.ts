// What every peer does the same way: what a message is, where it listens, how it says so, how it stops.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatMessage {
  readonly id: string;
  readonly seq: number;
  readonly author: { readonly id: string; readonly username: string; readonly displayName: string };
  readonly content: string;
  readonly createdAt: string;
}

const ADA = { id: '019ab3c5-1e6f-7000-8000-0123456789ab', username: 'ada', displayName: 'Ada' };
let seq = 0;

/** A message as ours carries it, without the work of keeping it. */
export const messageOf = (content: string): ChatMessage => ({
  id: randomUUID(),
  seq: ++seq,
  author: ADA,
  content,
  createdAt: new Date().toISOString(),
});

export const REDIS_URL = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

/** Keeps the channels of this run from those of anybody else on the same Redis. */
export const channel = (room: string): string => `${process.env.BENCH_PREFIX ?? 'bench'}:${room}`;

export const TYPE_DEFS = `
  type User { id: ID! username: String! displayName: String! }
  type Message { id: ID! seq: Int! author: User! content: String! createdAt: String! }
  type Query { hello: String }
  type Mutation { publish(roomId: ID!, content: String!): Message! }
  type Subscription { messageSent(roomId: ID!): Message! }
`;

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
}

export function announce(port: number): void {
  process.stdout.write(`${JSON.stringify({ msg: 'open', url: `http://127.0.0.1:${port}` })}\n`);
  process.on('SIGTERM', () => process.exit(0));
}
