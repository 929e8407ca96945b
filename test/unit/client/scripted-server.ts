// A server that plays a script: the real contract and the real protocol, with a room whose every move the test decides.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSchema, type ExecutionResult, GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import { useServer as serve } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';

type Item = Record<string, unknown> & { __typename: string; cursor: string; seq?: number };
type Answer = (args: never, request: IncomingMessage) => unknown;

const ADA = {
  __typename: 'User',
  id: 'ada',
  username: 'ada',
  displayName: 'Ada',
  avatarUrl: null,
  bot: false,
  createdAt: '2026-11-01T00:00:00.000Z',
};

export const cursorOf = (seq: number) => `cursor-${seq}`;

export const messageOf = (seq: number, content: string | null = `message ${seq}`, more: object = {}) => ({
  __typename: 'Message',
  id: `m${seq}`,
  roomId: 'garden',
  seq,
  author: ADA,
  content,
  createdAt: '2026-11-01T00:00:00.000Z',
  editedAt: null,
  deletedAt: null,
  version: 1,
  clientMessageId: null,
  cursor: cursorOf(seq),
  parentId: null,
  parent: null,
  pinnedAt: null,
  reactions: [],
  thread: { __typename: 'ThreadSummary', replyCount: 0, lastReplyAt: null },
  mentions: [],
  ...more,
});

export class ScriptedServer {
  /** What happened in the room; replayed to whoever asks for it. */
  readonly log: Item[] = [];
  /** The cursors that streams began after, in the order of their asking. */
  readonly asked: (string | undefined)[] = [];
  /** Requests for a socket, with the headers that they carried. */
  readonly handshakes: IncomingMessage[] = [];
  /** Set, it refuses the next streams, one by one. */
  readonly refusals: GraphQLError[] = [];
  /** Set, it closes the next sockets as they initialise, one by one. */
  readonly closings: [code: number, reason: string][] = [];
  /** Begins every replay with the whole log, as for a client with an old cursor. */
  replaysEverything = false;
  /** Unset, sockets open and then hear nothing. */
  acknowledges = true;
  /** What HTTP answers to a root field. */
  readonly answers: Record<string, Answer> = {};
  /** Set, the next requests meet this in place of an answer. */
  readonly troubles: ((response: ServerResponse) => void)[] = [];

  readonly #schema: GraphQLSchema = buildSchema(readFileSync('schema.gql', 'utf8'));
  readonly #awaitingHandshake: (() => void)[] = [];
  readonly #streams = new Set<Stream>();
  #http!: Server;
  #sockets!: WebSocketServer;
  #port = 0;

  get url(): string {
    return `http://localhost:${this.#port}/graphql`;
  }

  get openSockets(): WebSocket[] {
    return [...this.#sockets.clients];
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** Opens the door; after a `down`, on the same port as before. */
  async up(): Promise<this> {
    const field = this.#schema.getSubscriptionType()?.getFields().roomEvents;
    if (!field) throw new Error('schema.gql must have Subscription.roomEvents');
    field.subscribe = (_root, { after }) => this.#stream(after ?? undefined);
    field.resolve = (item) => item;
    this.#http = createServer((request, response) => void this.#answer(request, response));
    this.#sockets = new WebSocketServer({ server: this.#http });
    serve(
      {
        schema: this.#schema,
        onConnect: async (context) => {
          this.handshakes.push(context.extra.request);
          for (const resolve of this.#awaitingHandshake.splice(0)) resolve();
          if (!this.acknowledges) await new Promise(() => {});
          const closing = this.closings.shift();
          if (closing) context.extra.socket.close(...closing);
        },
      },
      this.#sockets,
    );
    await new Promise<void>((resolve) => this.#http.listen(this.#port, resolve));
    this.#port = (this.#http.address() as AddressInfo).port;
    return this;
  }

  async down(): Promise<void> {
    this.cut();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** Resolves at the next connection_init. */
  handshake(): Promise<void> {
    return new Promise((resolve) => this.#awaitingHandshake.push(resolve));
  }

  /** Resolves when every socket is closed and every stream is left. */
  async isSilent(): Promise<void> {
    const closing = this.openSockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    await Promise.all(closing);
    if (this.#streams.size > 0) throw new Error(`${this.#streams.size} streams are still heard by somebody`);
  }

  /** As a cable is cut: no close frame, no complete. */
  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  closeSockets(code: number, reason = ''): void {
    for (const socket of this.#sockets.clients) socket.close(code, reason);
  }

  /** Frames as they stand, in one chunk of bytes: so they arrive on a busy network. */
  write(...frames: object[]): void {
    for (const socket of this.openSockets) {
      const pipe = (socket as unknown as { _socket: Socket })._socket;
      pipe.cork();
      for (const frame of frames) socket.send(JSON.stringify(frame));
      pipe.uncork();
    }
  }

  say(content: string): Item {
    const seq = this.log.length + 1;
    return this.happen('MessageSent', { message: messageOf(seq, content) });
  }

  happen(__typename: string, fields: object): Item {
    const seq = this.log.length + 1;
    const item = { __typename, cursor: cursorOf(seq), seq, roomId: 'garden', at: ADA.createdAt, actor: ADA, ...fields };
    this.log.push(item);
    this.push(item);
    return item;
  }

  /** To every stream, past the log. */
  push(item: Item): void {
    for (const stream of this.#streams) stream.push(item);
  }

  /** Resolves when the frame has left, so that a close comes after it. */
  async endWith(reason: string, more: object = {}): Promise<void> {
    this.push({ __typename: 'StreamEnded', cursor: cursorOf(this.log.length), reason, ...more });
    await Promise.all([...this.#streams].map((stream) => stream.drained()));
  }

  complete(): void {
    for (const stream of [...this.#streams]) void stream.return();
  }

  #stream(after: string | undefined): AsyncIterable<Item> {
    this.asked.push(after);
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
    const from = after && !this.replaysEverything ? Number(after.replace('cursor-', '')) : 0;
    const missed = after ? this.log.slice(from) : [];
    const stream: Stream = new Stream(() => this.#streams.delete(stream));
    this.#streams.add(stream);
    stream.push({
      __typename: 'StreamReady',
      cursor: after ?? cursorOf(this.log.length),
      start: after ? 'RESUMED' : 'LIVE',
      replayed: missed.length,
    });
    for (const item of missed) stream.push(item);
    return stream;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('connection', 'close');
    const trouble = this.troubles.shift();
    if (trouble) return trouble(response);
    const { query, variables } = JSON.parse(body);
    const field = (answer: Answer) => (args: never) => answer(args, request);
    const rootValue = Object.fromEntries(Object.entries(this.answers).map(([name, answer]) => [name, field(answer)]));
    const result: ExecutionResult = await graphql({
      schema: this.#schema,
      source: query,
      variableValues: variables,
      rootValue,
    });
    for (const cookie of this.cookies.splice(0)) response.appendHeader('set-cookie', cookie);
    response.setHeader('content-type', 'application/graphql-response+json');
    response.end(JSON.stringify(result));
  }

  /** Set by the next answer. */
  readonly cookies: string[] = [];
}

class Stream implements AsyncIterableIterator<Item> {
  readonly #items: Item[] = [];
  #waiting: ((result: IteratorResult<Item>) => void) | undefined;
  #over = false;
  #drained: (() => void)[] = [];

  constructor(private readonly gone: () => void) {}

  push(item: Item): void {
    if (this.#waiting) this.#waiting({ done: false, value: item });
    else this.#items.push(item);
    this.#waiting = undefined;
  }

  async next(): Promise<IteratorResult<Item>> {
    const value = this.#items.shift();
    if (value) return { done: false, value };
    if (this.#over) return { done: true, value: undefined };
    for (const resolve of this.#drained.splice(0)) resolve(); // graphql-ws asks for the next when the last has left
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  drained(): Promise<void> {
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  async return(): Promise<IteratorResult<Item>> {
    this.#over = true;
    this.gone();
    this.#waiting?.({ done: true, value: undefined });
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
