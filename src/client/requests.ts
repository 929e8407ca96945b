// What each room of the SDK asks through: one request over HTTP.
import { Connection, type ConnectionOptions } from './connection.js';
import type { TypedDocument } from './generated.js';

export abstract class Requests {
  protected readonly connection: Connection;

  constructor(options: ConnectionOptions) {
    this.connection = new Connection(options);
  }

  /** Any document over HTTP. Throws a ParleyError when the server refuses, or cannot be reached (`UNAVAILABLE`). */
  request<TData, TVariables>(
    document: TypedDocument<TData, TVariables>,
    variables?: NoInfer<TVariables>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<TData> {
    return this.connection.request(document, variables, signal);
  }
}
