// A WebSocket that carries headers in its handshake: how a program outside a browser sends its cookie.

type WebSocketClass = typeof WebSocket;

/** Browsers send their own cookies and let no script choose headers, so there the class stays as it is. */
export const mayChooseHeaders =
  typeof process === 'object' && !!process.versions?.node && typeof document === 'undefined';

export function withHeaders(Base: WebSocketClass, headers: () => Record<string, string>): WebSocketClass {
  return class extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      // Node's own takes an object in place of the protocols; the ws package takes a third argument. Neither is in DOM's types.
      if (Base === globalThis.WebSocket) super(url, { protocols, headers: headers() } as unknown as string[]);
      else super(...([url, protocols, { headers: headers() }] as unknown as [string, string[]]));
    }
  };
}
