// The socket door: our own upgrade handler in front of graphql-ws, on the same path as HTTP.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from 'graphql';
import { handleProtocols, makeServer, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { Settings } from '../config/config.js';
import type { Context } from '../core/context.js';
import { rateLimited, unauthenticated } from '../core/errors.js';
import { log, Rationed } from '../core/logging.js';
import { networkOf } from '../core/network.js';
import { Readiness } from '../core/readiness.js';
import { StreamEndReason } from '../rooms/room.events.js';
import { CLOSING } from './close-codes.js';
import { Connection } from './connection.js';
import { Contexts } from './context.js';
import { Documents } from './documents.js';
import { ErrorFormatter } from './errors.js';
import { FanOut } from './fan-out.js';
import { Origins } from './origins.js';
import { Sockets } from './sockets.js';
import { Subscriptions } from './subscriptions.js';

export const GRAPHQL_PATH = '/graphql';

const FAREWELL = 500; // ms for the answer to our close frame; who takes nothing from us would hold us up for ever
const COME_BACK = 1_000; // ms; what a client is told to wait at least when this process stops
const TOO_MANY_OPERATIONS_WAIT = 1_000; // ms
const FRAGMENTS_MAX = 128; // of one message; each costs us far more than the byte that it may carry
const CHUNKS_MAX = 4_096; // reads that one frame may come in, for the same reason

interface Extra {
  readonly connection: Connection;
}

type Params = Record<string, unknown>;

/** What graphql-ws hands on, with the id that the client chose. */
interface Operation extends ExecutionArgs {
  readonly id: string;
}

@Injectable()
export class WebSocketDoor implements OnApplicationBootstrap {
  private readonly rationed = new Rationed();
  private readonly webSockets: WebSocketServer;
  private draining = false;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly host: GraphQLSchemaHost,
    private readonly settings: Settings,
    private readonly sockets: Sockets,
    private readonly contexts: Contexts,
    private readonly documents: Documents,
    private readonly errors: ErrorFormatter,
    private readonly origins: Origins,
    private readonly subscriptions: Subscriptions,
    private readonly fanOut: FanOut,
    readiness: Readiness,
  ) {
    this.webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: settings.maxFrame,
      maxFragments: FRAGMENTS_MAX,
      maxBufferedChunks: CHUNKS_MAX,
      perMessageDeflate: false, // seven times dearer, and a memory hog
      handleProtocols: (protocols) => handleProtocols(protocols),
    });
    readiness.report('doors', () => (this.draining ? { condition: 'down', detail: 'stopping' } : { condition: 'ok' }));
  }

  onApplicationBootstrap(): void {
    const server: Server = this.http.httpAdapter.getHttpServer();
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
  }

  /**
   * Takes nobody new, and sends everyone away in the course of the window, each with a pause of their own, so that they
   * do not all come back to the next process at once.
   */
  async drain(window: number): Promise<void> {
    this.draining = true;
    await Promise.all(
      this.sockets.connections.map(async (connection) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * window));
        const retryAfterMs = Math.round(COME_BACK * (1 + Math.random()));
        await connection.endAll(StreamEndReason.SERVER_DRAINING, CLOSING.draining, retryAfterMs);
        await connection.gone(FAREWELL);
      }),
    );
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // First of all: without a listener a reset by the other side would end the process.
    socket.on('error', destroy);
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== GRAPHQL_PATH) refuse(socket, '404 Not Found');
    else if (this.draining) refuse(socket, '503 Service Unavailable');
    else if (!this.origins.allows(request)) refuse(socket, '403 Forbidden');
    else this.webSockets.handleUpgrade(request, socket, head, (webSocket) => this.open(webSocket, socket, request));
  }

  private open(socket: WebSocket, wire: Duplex, request: IncomingMessage): void {
    const caller = this.contexts.callerOf(request);
    const connection = new Connection(
      socket,
      caller,
      networkOf(caller.client.address),
      wire,
      this.fanOut,
      this.settings.maxSocketMessages,
    );
    const fits = this.sockets.add(connection);
    socket.on('error', (error) => this.complain(error)); // 'close' follows
    socket.on('ping', () => this.hear(connection));
    socket.on('pong', (data) => connection.answered(data) || this.hear(connection));
    const closed = makeServer<Params, Extra>(this.options(connection)).opened(
      {
        protocol: socket.protocol,
        send: (text) => connection.send(text),
        close: (code = CLOSING.badMessage.code, reason = '') => connection.close({ code, reason }),
        onMessage: (handle) => connection.onMessage((text) => void this.receive(connection, handle, text)),
        onPing: () => connection.pong(),
      },
      { connection },
    );
    socket.once('close', (code, reason) => {
      this.sockets.remove(connection);
      closed(code, String(reason)).catch((error) => this.complain(error));
    });
    if (!fits) connection.close(CLOSING.tooManySockets);
  }

  private async receive(connection: Connection, handle: (text: string) => Promise<void>, text: string): Promise<void> {
    if (!this.hear(connection)) return;
    try {
      await handle(text);
    } catch (error) {
      // A well-formed message that only a server may send, or a fault of ours: either way no stack for the stranger.
      const theirs = error instanceof Error && error.message.startsWith('Unexpected message');
      if (!theirs) this.complain(error);
      connection.close(theirs ? CLOSING.badMessage : CLOSING.unavailable);
    }
  }

  /** Whatever comes counts, be it a ping of the protocol below. False: it is not heard any more. */
  private hear(connection: Connection): boolean {
    if (!connection.isOpen) return false;
    if (connection.mayTalk()) return true;
    connection.close(CLOSING.tooManyMessages);
    return false;
  }

  private options(connection: Connection): ServerOptions<Params, Extra> {
    const format = (errors: readonly GraphQLError[]) => errors.map((error) => this.errors.format(error));
    return {
      connectionInitWaitTimeout: this.settings.initTimeout,
      onConnect: ({ connectionParams }) => this.connect(connection, connectionParams),
      onSubscribe: (ctx, id, payload) => this.prepare(connection, Object.keys(ctx.subscriptions).length, id, payload),
      execute,
      subscribe: (args) => this.subscriptions.subscribe(args, (args as Operation).id, connection),
      onNext: (_ctx, _id, _payload, _args, result: ExecutionResult) =>
        result.errors ? { ...result, errors: format(result.errors) as unknown as GraphQLError[] } : result,
      onError: (_ctx, _id, _payload, errors) => format(errors),
    } as ServerOptions<Params, Extra>;
  }

  /** connection_init: who is it? The look-up has a deadline of its own, for the protocol's has passed. */
  private async connect(connection: Connection, params: Params | undefined): Promise<boolean> {
    this.contexts.present(connection.caller, params);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), this.settings.initTimeout);
    });
    const looking = this.contexts.viewerOf(connection.caller).catch((): 'failed' => 'failed');
    const viewer = await Promise.race([looking, deadline]);
    clearTimeout(timer);
    if (viewer === 'late' || viewer === 'failed') connection.close(CLOSING.unavailable);
    else if (viewer === null) connection.close(CLOSING.signedOut);
    else if (connection.isOpen && !this.sockets.admit(connection, viewer)) connection.close(CLOSING.tooManySockets);
    return connection.isOpen;
  }

  /** One operation: what is wrong with it is told to it alone. Nothing is thrown here, for that would close the socket. */
  private async prepare(
    connection: Connection,
    live: number,
    id: string,
    payload: SubscribePayload,
  ): Promise<Operation | GraphQLError[]> {
    if (live > this.settings.maxLiveOperations) {
      const { maxLiveOperations } = this.settings;
      return [
        rateLimited(`At most ${maxLiveOperations} operations may be alive on one socket.`, TOO_MANY_OPERATIONS_WAIT),
      ];
    }
    try {
      const checked = this.documents.check(payload.query, payload.operationName);
      if ('errors' in checked) return checked.errors;
      const contextValue: Context = await this.contexts.ofSocket(connection.caller);
      if (!contextValue.viewer) return [unauthenticated('The session has ended.')];
      const { operationName, variables: variableValues } = payload;
      return { id, schema: this.host.schema, document: checked.document, operationName, variableValues, contextValue };
    } catch (error) {
      // Told by onError, like every other.
      return [new GraphQLError('Not prepared', { originalError: error as Error })];
    }
  }

  private complain(error: unknown): void {
    this.rationed.line('socket', (heldBack) => log.warn({ err: error, heldBack }, 'A socket failed'));
  }
}

/** A function of its own: one that is made in the handler would keep the request for as long as the socket is open. */
function destroy(this: Duplex): void {
  this.destroy();
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.once('finish', () => socket.destroy());
}
