// What guests do in threads, at either door.
import type { Guest } from './guest.js';
import * as documents from './message-documents.js';

type Door = 'post' | 'say';
type Named = { id: string };

interface Reply {
  key?: string;
  door?: Door;
}

export async function reply(guest: Guest, room: Named, parent: Named, content: string, { key, door }: Reply = {}) {
  const input = { roomId: room.id, parentId: parent.id, content, clientMessageId: key };
  return (await guest.ask<{ sendMessage: documents.ThreadedMessage }>(documents.REPLY, { input }, door)).sendMessage;
}

export async function mainLine(guest: Guest, room: Named, page: Record<string, unknown> = {}) {
  const variables = { roomId: room.id, ...page };
  return (await guest.ask<{ messages: documents.ThreadedPage }>(documents.MAIN_LINE, variables)).messages;
}

export async function threadOf(guest: Guest, message: Named, page: Record<string, unknown> = {}, door: Door = 'post') {
  const variables = { id: message.id, ...page };
  return (await guest.ask<{ message: documents.ThreadedMessage | null }>(documents.THREAD, variables, door)).message;
}

/** `first, second` */
export const contentsOf = (page: documents.ThreadedPage | undefined): string =>
  (page?.nodes ?? []).map(({ content }) => content ?? '–').join(', ');
