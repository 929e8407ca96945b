// What guests do with messages that are there: reacting, pinning, looking at earlier texts; at either door.
import type { Guest } from './guest.js';
import type { Heard } from './heard.js';
import * as documents from './message-documents.js';

type Door = 'post' | 'say';
type Named = { id: string };

export async function react(guest: Guest, message: Named, emoji: string, door: Door = 'post') {
  const input = { messageId: message.id, emoji };
  const answer = await guest.ask<{ addReaction: documents.MarkedMessage }>(documents.ADD_REACTION, { input }, door);
  return answer.addReaction;
}

export async function takeBack(guest: Guest, message: Named, emoji: string, door: Door = 'post') {
  const input = { messageId: message.id, emoji };
  const answer = await guest.ask<{ removeReaction: documents.MarkedMessage }>(
    documents.REMOVE_REACTION,
    { input },
    door,
  );
  return answer.removeReaction;
}

export async function pin(guest: Guest, message: Named, door: Door = 'post') {
  const variables = { messageId: message.id };
  return (await guest.ask<{ pinMessage: documents.MarkedMessage }>(documents.PIN, variables, door)).pinMessage;
}

export async function unpin(guest: Guest, message: Named, door: Door = 'post') {
  const variables = { messageId: message.id };
  return (await guest.ask<{ unpinMessage: documents.MarkedMessage }>(documents.UNPIN, variables, door)).unpinMessage;
}

/** The newest messages of a room, with what is marked on them. */
export async function marked(guest: Guest, room: Named): Promise<documents.MarkedMessage[]> {
  type Page = { messages: { nodes: documents.MarkedMessage[] } };
  return (await guest.ask<Page>(documents.REACTIONS, { roomId: room.id })).messages.nodes;
}

export async function pinnedIn(guest: Guest, room: Named): Promise<documents.MarkedMessage[]> {
  return (await guest.ask<{ room: { pinned: documents.MarkedMessage[] } }>(documents.PINNED, { id: room.id })).room
    .pinned;
}

/** Hears what a room tells of its messages, marks and all. */
export async function hearMarks(guest: Guest, room: Named, after?: string): Promise<Heard<documents.MarkEvent>> {
  const variables = { roomId: room.id, after };
  const heard = guest.subscribe<documents.MarkEvent>(documents.MESSAGE_EVENTS, variables, 'roomEvents');
  heard.ready = await heard.next();
  return heard;
}

/** The groups as a text: `👍2 ❤️1*`; a star where the viewer is one of them. */
export const told = (reactions: documents.GroupSeen[]): string =>
  reactions.map(({ emoji, count, viewerReacted }) => `${emoji}${count}${viewerReacted ? '*' : ''}`).join(' ');
