// Brings pages of a room's talk into the cache, where they form one window: it opens somewhere, widens at both ends, and
// forgets at one end what it gains at the other.
import type { ApolloClient } from '@apollo/client';
import {
  type MessageAnchor,
  type MessagePage,
  MessagesAroundDocument,
  MessagesDocument,
  type MessagesQueryVariables,
} from 'parley/client';
import { documentNode, trimMessages } from 'parley/client/apollo';

const PAGE = 50; // two screens: enough to read at once, small enough to come at once
const AROUND = { countBefore: 40, countAfter: 40 }; // a screen and more on each side, before more must be asked for
const MOST = 400; // some ten screens: going back and forth a little asks for nothing, and memory has a bound

export const WINDOW = documentNode(MessagesDocument);

export class Pages {
  #moves = 0;
  #widening = false;
  #fresh = false;

  constructor(
    private readonly client: ApolloClient,
    private readonly roomId: string,
  ) {}

  get cached(): MessagePage | undefined {
    return this.client.readQuery({ query: WINDOW, variables: { roomId: this.roomId } })?.messages;
  }

  /** Something has been read since the room was opened: what the cache had before may be long out of date. */
  get isFresh(): boolean {
    return this.#fresh;
  }

  has(messageId: string | undefined): boolean {
    return this.#fresh && !!this.cached?.nodes.some(({ id }) => id === messageId);
  }

  /** Whoever asks for another place wants no more of what was asked for before: it is answered with undefined. */
  newest(): Promise<MessagePage | undefined> {
    this.#moves += 1;
    return this.#bring({ last: PAGE });
  }

  around(anchor: MessageAnchor): Promise<MessagePage | undefined> {
    this.#moves += 1;
    return this.#write({}, async () => {
      const query = documentNode(MessagesAroundDocument);
      const variables = { roomId: this.roomId, anchor, ...AROUND };
      const { data } = await this.client.query({ query, variables, fetchPolicy: 'no-cache' });
      return data?.room?.messagesAround;
    });
  }

  /** Stays where it is. */
  stay(): void {
    this.#moves += 1;
  }

  /** One page more at one end. What is dropped at the other for it is far from what one reads. */
  async widen(side: 'older' | 'newer'): Promise<void> {
    const { startCursor, endCursor } = this.cached?.pageInfo ?? {};
    if (this.#widening || !startCursor || !endCursor) return;
    this.#widening = true;
    try {
      this.#forget(MOST - PAGE, side === 'older' ? 'newest' : 'oldest');
      await this.#bring(side === 'older' ? { last: PAGE, before: startCursor } : { first: PAGE, after: endCursor });
    } finally {
      this.#widening = false;
    }
  }

  /** What has come in by and by while one read along. */
  forgetOldest(): void {
    if ((this.cached?.nodes.length ?? 0) > MOST) this.#forget(MOST - PAGE, 'oldest');
  }

  #forget(most: number, from: 'oldest' | 'newest'): void {
    if ((this.cached?.nodes.length ?? 0) <= most) return;
    trimMessages(this.client.cache, this.roomId, most, from);
    this.client.cache.gc();
  }

  #bring(page: Omit<MessagesQueryVariables, 'roomId'>): Promise<MessagePage | undefined> {
    return this.#write(page, async () => {
      const variables = { roomId: this.roomId, ...page };
      const { data } = await this.client.query({ query: WINDOW, variables, fetchPolicy: 'no-cache' });
      return data?.messages;
    });
  }

  async #write(
    page: Omit<MessagesQueryVariables, 'roomId'>,
    ask: () => Promise<MessagePage | undefined>,
  ): Promise<MessagePage | undefined> {
    const moves = this.#moves;
    const messages = await ask();
    if (!messages || moves !== this.#moves) return undefined;
    this.client.writeQuery({ query: WINDOW, variables: { roomId: this.roomId, ...page }, data: { messages } });
    this.#fresh = true;
    return messages;
  }
}
