// How a ChatClient reaches its server: requests over HTTP, streams over one shared socket, one cookie for both.
import type { Client } from 'graphql-ws/client';
import { CookieJar } from './cookie-jar.js';
import type { TypedDocument } from './generated.js';
import { mayChooseHeaders, withHeaders } from './handshake.js';
import { post } from './http.js';
import { createSocket } from './socket.js';

type Headers = Record<string, string>;

export interface ConnectionOptions {
  /** The address of the API, such as `https://chat.example/graphql`; in a browser a path will do. */
  url: string | URL;
  /** Where the socket is, if not at `url` with ws in place of http. */
  socketUrl?: string | URL;
  /** Sent with every request, and outside a browser with the socket's handshake. */
  headers?: Headers | (() => Headers);
  /** An access key, for scripts and bots: sent with every request and with the socket. Nobody needs to sign in then. */
  token?: string;
  fetch?: typeof fetch;
  webSocketImpl?: typeof WebSocket;
}

export class Connection {
  readonly socket: Client;
  readonly #url: string;
  readonly #headers: () => Headers;
  readonly #fetch: typeof fetch;
  readonly #cookies = new CookieJar();
  readonly #closed = new AbortController();
  #acknowledged = false;

  constructor({
    url,
    socketUrl,
    headers = {},
    token,
    fetch = globalThis.fetch,
    webSocketImpl = WebSocket,
  }: ConnectionOptions) {
    const base = globalThis.location?.href;
    this.#url = new URL(url, base).href;
    this.#fetch = fetch.bind(globalThis);
    this.#headers = () => {
      const given = typeof headers === 'function' ? headers() : headers;
      const own = token === undefined ? given : { ...given, authorization: `Bearer ${token}` };
      return this.#cookies.header ? { ...own, cookie: this.#cookies.header } : own;
    };
    this.socket = createSocket({
      url: socketUrl ? new URL(socketUrl, base).href : this.#url.replace(/^http/, 'ws'),
      connectionParams: token === undefined ? undefined : { token },
      on: {
        connected: () => {
          this.#acknowledged = true;
        },
        closed: () => {
          this.#acknowledged = false;
        },
      },
      webSocketImpl: mayChooseHeaders ? withHeaders(webSocketImpl, this.#headers) : webSocketImpl,
    });
  }

  request<TData, TVariables>(
    document: TypedDocument<TData, TVariables>,
    variables: TVariables | undefined,
    signal: AbortSignal | undefined,
  ): Promise<TData> {
    return post<TData>({
      url: this.#url,
      document,
      variables,
      headers: this.#headers(),
      fetch: this.#fetch,
      signals: [this.#closed.signal, signal],
      onHeaders: (headers) => this.#cookies.keep(headers),
    });
  }

  /** The socket was opened by someone else, as far as the server knows: come back as who we are now. */
  becomeSomeoneElse(): void {
    this.socket.terminate();
  }

  get isClosed(): AbortSignal {
    return this.#closed.signal;
  }

  async close(): Promise<void> {
    this.#closed.abort(new DOMException('The client was closed.', 'AbortError'));
    const disposed = Promise.resolve(this.socket.dispose()).catch(() => {}); // rejects when it was about to come back
    if (this.#acknowledged) await disposed;
    else this.socket.terminate(); // dispose would first wait for an acknowledgement that may never come
  }
}
