// The SDK's one class: every operation of the API as a method, and rooms to listen to. What asks and is answered once
// lies in its floors: who one is (account), where one meets (rooms), what was said (messages). Here is what lasts.
import type { ConnectionOptions } from './connection.js';
import * as api from './generated.js';
import type { Following } from './lossy-stream.js';
import { Messages } from './messages.js';
import type { RoomListener } from './room-listener.js';
import { persist, type SendOptions } from './sending.js';
import { type ListenOptions, Streams } from './streams.js';
import { Typing } from './typing.js';

export interface ChatClientOptions extends ConnectionOptions {
  /** Called when a session has expired while listening: sign in again, and the streams go on where they were. */
  renew?: (client: ChatClient) => Promise<unknown>;
}

export type RoomSignal = api.RoomSignalsSubscription['roomSignals'];
export type ViewerEvent = api.ViewerEventsSubscription['viewerEvents'];

export class ChatClient extends Messages {
  readonly #streams: Streams;
  readonly #typing = new Typing((roomId) => this.request(api.SetTypingDocument, { roomId }));

  constructor({ renew, ...options }: ChatClientOptions) {
    super(options);
    this.#streams = new Streams(this.connection, renew && (() => renew(this)));
  }

  /** Sends once, however often it has to try: resolves when the message is committed. */
  send(roomId: string, content: string, options: SendOptions = {}): Promise<api.MessageCardFragment> {
    const { parentId } = options;
    const attempt = async (clientMessageId: string) => {
      const input = { roomId, content, clientMessageId, parentId };
      return (await this.request(api.SendMessageDocument, { input }, { signal: options.signal })).sendMessage;
    };
    this.#typing.done(roomId);
    return persist(attempt, options, this.connection.isClosed);
  }

  /** One is typing: call it with every key. It is told every three seconds at most, and may be lost. */
  typing(roomId: string): void {
    this.#typing.pressed(roomId);
  }

  /** Everything that happens in a room, once and in order, over all losses of connection. */
  listen(roomId: string, options: ListenOptions = {}): RoomListener {
    return this.#streams.listen(roomId, options);
  }

  /** Who is typing, who comes and goes, how far others have read. Lossy, for as long as the room may be read. */
  signals(roomId: string, onSignal: (signal: RoomSignal) => void): Following {
    return this.#streams.follow(api.RoomSignalsDocument, { roomId }, (data) => data.roomSignals, onSignal);
  }

  /** What the list of one's rooms should know. At ViewerReady, also after a loss of connection, load the list. */
  roomList(onEvent: (event: ViewerEvent) => void): Following {
    return this.#streams.follow(api.ViewerEventsDocument, {}, (data) => data.viewerEvents, onEvent);
  }

  /** Stops what listens, aborts what is on its way, and closes the socket. */
  async close(): Promise<void> {
    this.#streams.stop();
    await this.connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
