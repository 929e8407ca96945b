// The way to one message, for every part of the page that names one: a hit, a pin, a mention, what a thread is about.
import type { Message } from 'parley/client';
import { goTo, hrefOf, type Place } from '../ui/route';

type Named = Pick<Message, 'id' | 'roomId' | 'parentId'>;

/** Opens its room around the message, and marks it there for a moment. A reply is opened in its thread. */
export function openMessage(message: Named): void {
  goTo(placeOf(message));
}

/** Where `openMessage` goes, for a link: give it both, and a click works even where one is already. */
export function hrefOfMessage(message: Named): string {
  return hrefOf(placeOf(message));
}

function placeOf({ id, roomId, parentId }: Named): Place {
  return parentId ? { roomId, messageId: parentId, replyId: id } : { roomId, messageId: id };
}
