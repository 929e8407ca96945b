// What was said: changing it, answering to it, finding it, and how far one has read.
import { found, type Page } from './answers.js';
import * as api from './generated.js';
import { Rooms } from './rooms.js';

export abstract class Messages extends Rooms {
  async edit(messageId: string, content: string, expectedVersion?: number): Promise<api.MessageCardFragment> {
    const input = { messageId, content, expectedVersion };
    return (await this.request(api.EditMessageDocument, { input })).editMessage;
  }

  async delete(messageId: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.DeleteMessageDocument, { messageId })).deleteMessage;
  }

  async message(id: string): Promise<api.MessageCardFragment | null> {
    return (await this.request(api.MessageDocument, { id })).message;
  }

  /** Without a page: the newest 50. Listen `after` its `streamCursor`, and nothing is missed. */
  async history(roomId: string, page: Page = {}): Promise<api.MessagePageFragment> {
    return (await this.request(api.MessagesDocument, { roomId, ...page })).messages;
  }

  /** The replies to a message, and where the room stood when they were read; null: absent, or not for you to see. */
  async thread(messageId: string, page: Page = {}): Promise<api.MessagePageFragment | null> {
    return (await this.request(api.ThreadDocument, { messageId, ...page })).message?.thread?.replies ?? null;
  }

  /** With one emoji; twice is once. */
  async react(messageId: string, emoji: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.AddReactionDocument, { input: { messageId, emoji } })).addReaction;
  }

  async unreact(messageId: string, emoji: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.RemoveReactionDocument, { input: { messageId, emoji } })).removeReaction;
  }

  async pin(messageId: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.PinMessageDocument, { messageId })).pinMessage;
  }

  async unpin(messageId: string): Promise<api.MessageCardFragment> {
    return (await this.request(api.UnpinMessageDocument, { messageId })).unpinMessage;
  }

  /** The newest pin first. */
  async pinned(roomId: string): Promise<api.MessageCardFragment[]> {
    return (await this.request(api.PinnedMessagesDocument, { roomId })).room?.pinned ?? [];
  }

  /** The earlier texts of a message, for its author and for moderators; to others there are none. */
  async revisions(messageId: string): Promise<api.RevisionPartsFragment[]> {
    return (await this.request(api.MessageRevisionsDocument, { messageId })).message?.revisions ?? [];
  }

  /** Messages by their words, the best first; U+0002 and U+0003 stand around each word in a snippet. */
  async search(
    input: api.MessageSearchInput,
    page: { first?: number; after?: string } = {},
  ): Promise<api.SearchPageFragment> {
    return (await this.request(api.SearchMessagesDocument, { input, ...page })).searchMessages;
  }

  /** A page around a message, a moment, or where reading stopped; at most 100 messages in all. */
  async historyAround(
    roomId: string,
    anchor: api.MessageAnchor,
    counts: { countBefore?: number; countAfter?: number } = {},
  ): Promise<api.MessagePageFragment> {
    return found((await this.request(api.MessagesAroundDocument, { roomId, anchor, ...counts })).room, roomId)
      .messagesAround;
  }

  /** One has read up to and including `seq`; it never moves back. null: not a member any more. */
  async markRead(roomId: string, seq: number): Promise<api.ReadStatePartsFragment | null> {
    return (await this.request(api.MarkReadDocument, { input: { roomId, seq } })).markRead.viewerReadState;
  }

  async setNotify(roomId: string, level: api.NotifyLevel): Promise<api.ReadStatePartsFragment | null> {
    return (await this.request(api.SetNotifyDocument, { roomId, level })).setNotify.viewerReadState;
  }

  /** Whether others are told how far one has read. */
  async setReadSignals(on: boolean): Promise<void> {
    await this.request(api.SetReadSignalsDocument, { on });
  }
}
