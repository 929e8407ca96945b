// Which messages stand together: a line between days, one where the new ones begin, and one name over what someone says within a minute.
import type { MessageCard } from 'parley/client';
import { dayOf, sameDay } from '../ui/time';
import type { Pending } from './use-outbox';

/** Said by someone, or still on its way from oneself. */
export type Entry =
  | { key: string; message: MessageCard; pending?: undefined }
  | { key: string; pending: Pending; message?: undefined };

export interface Line {
  readonly entry: Entry;
  /** Words for the line above, where a day begins. */
  readonly day?: string;
  /** The first that is new to the reader. */
  readonly begins?: boolean;
  /** Begins a group: shows the face, the name and the time. */
  readonly leads: boolean;
}

const PAUSE_MS = 60_000; // who goes on within a minute is still saying the same thing

/** Unless the messages begin with the room (`isWhole`), what is new may begin before them: then no line tells where. */
export function linesOf(
  messages: readonly MessageCard[],
  pending: readonly Pending[],
  myId: string,
  newAfter?: number,
  isWhole = true,
): Line[] {
  const entries: Entry[] = [
    // The key survives the fold: what was on its way and what arrived are one element on the page.
    ...messages.map((message) => ({ key: keyOf(message), message })),
    ...pending.map((entry) => ({ key: `${myId}/${entry.clientMessageId}`, pending: entry })),
  ];
  const isKnown = newAfter !== undefined && (isWhole || (messages[0]?.seq ?? 0) <= newAfter);
  const first = isKnown ? messages.find(isNews(newAfter, myId)) : undefined;
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    const at = atOf(entry);
    const begins = !entry.pending && entry.message === first;
    if (!before || !sameDay(atOf(before), at)) return { entry, day: dayOf(at), begins, leads: true };
    const goesOn =
      authorOf(before, myId) === authorOf(entry, myId) && Date.parse(at) - Date.parse(atOf(before)) < PAUSE_MS;
    return { entry, begins, leads: begins || !goesOn };
  });
}

export const isNews =
  (newAfter: number, myId: string) =>
  ({ seq, author }: MessageCard): boolean =>
    seq > newAfter && author.id !== myId;
const keyOf = ({ id, author, clientMessageId }: MessageCard): string =>
  clientMessageId ? `${author.id}/${clientMessageId}` : id;
const atOf = (entry: Entry): string => (entry.pending ?? entry.message).createdAt;
const authorOf = (entry: Entry, myId: string): string => (entry.pending ? myId : entry.message.author.id);

/** About as high as it will be on a wide screen, in px. Where the guess is wrong, the row is measured as it comes near. */
export function heightOf({ entry, day, begins, leads }: Line): number {
  const text = (entry.pending ?? entry.message).content ?? '';
  const rows = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);
  const extras = entry.message
    ? (entry.message.reactions.length && 34) + (entry.message.thread?.replyCount ? 32 : 0)
    : 0;
  return rows * 23 + 4 + (leads ? 31 : 0) + (day ? 50 : 0) + (begins ? 37 : 0) + extras;
}
