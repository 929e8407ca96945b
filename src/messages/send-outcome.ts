// What the statement that sends has found, as a message or a refusal.
import { ChatError, conflict, ErrorCode, forbidden, notFound } from '../core/errors.js';
import { eventAt } from '../rooms/room.events.js';
import { RoomKind } from '../rooms/room.model.js';
import type { LogPlace } from '../rooms/room-log.js';
import { SILENCED } from '../rooms/silence.sql.js';
import type { MessageSent } from './message.events.js';
import { type Message, type MessageRecord, toMessage } from './message.model.js';

/** `id` and the rest of the message are null when it was not sent, now or earlier. */
export interface SendOutcome extends Omit<MessageRecord, 'id'> {
  send_id: string;
  room_kind: RoomKind;
  archived: boolean;
  member: boolean;
  banned: boolean;
  silenced: boolean;
  id: string | null;
  /** The message was already there. */
  again: boolean;
  /** It replies to what is not in the room. */
  astray: boolean;
  /** It was there with the same content, in the same thread. */
  same: boolean;
  /** The ids of the members whom it mentions; empty when it was already there. */
  mentioned: readonly string[];
}

/** The message, or the refusal is thrown. Access is judged first, even for a repeat. */
export function messageOf(outcome: SendOutcome | undefined): Message {
  if (!outcome) throw notFound('room');
  if (!outcome.member) {
    if (outcome.room_kind === RoomKind.PUBLIC && !outcome.banned) throw forbidden('Join the room first.');
    throw notFound('room');
  }
  if (outcome.id !== null) {
    if (outcome.again && !outcome.same) {
      throw conflict('Another message was already sent with this `clientMessageId`.', { field: 'clientMessageId' });
    }
    const message = toMessage(outcome as MessageRecord);
    return outcome.again ? message : { ...message, reactions: [] }; // nobody can have reacted yet
  }
  if (outcome.archived) throw conflict('The room is archived: it can be read, but not changed.');
  if (outcome.silenced) throw forbidden(SILENCED);
  if (outcome.astray) throw noParent();
  throw new Error('A message was neither sent nor found nor refused');
}

export const noParent = () =>
  new ChatError(ErrorCode.NOT_FOUND, 'There is no such message in this room to reply to.', { field: 'parentId' });

export function sentEvent(message: Message, mentioned: readonly string[]): MessageSent {
  const place: LogPlace = { roomId: message.roomId, seq: message.seq, at: message.createdAt, actor: message.author };
  const event = { ...eventAt('MessageSent', place), message };
  return mentioned.length > 0 ? { ...event, mentions: mentioned } : event;
}
