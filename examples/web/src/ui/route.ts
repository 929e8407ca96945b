// Where one is, kept in the address: #/rooms/<id> is a room, #/rooms/<id>/<message> the place of a message in it, with
// /<reply> of one in its thread, and anything else is the list. Back, forward and reload just work.
import { useSyncExternalStore } from 'react';

export interface Place {
  /** Undefined in the list. */
  readonly roomId?: string;
  readonly messageId?: string;
  readonly replyId?: string;
}

const ROUTE = /^#\/rooms\/(?<roomId>[\w-]+)(?:\/(?<messageId>[\w-]+))?(?:\/(?<replyId>[\w-]+))?$/;

export const hrefOfRoom = (id: string): string => `#/rooms/${id}`;
export const hrefOf = ({ roomId, messageId, replyId }: Place): string =>
  ['#/rooms', roomId, messageId, replyId].filter(Boolean).join('/');

export function goToRoom(id: string): void {
  location.hash = hrefOfRoom(id);
}

export function goToList(): void {
  location.hash = '#/';
}

/** Goes to a place, and to the one where one is already once more. */
export function goTo(place: Place): void {
  if (location.hash === hrefOf(place)) arrive();
  else location.hash = hrefOf(place);
}

/** One has moved on from the place of a message: a reload must not lead back to it. */
export function forgetMessage(roomId: string): void {
  history.replaceState(history.state, '', hrefOfRoom(roomId));
}

const watchers = new Set<() => void>();
let here = read();
addEventListener('hashchange', arrive);

function arrive(): void {
  here = read();
  for (const changed of watchers) changed();
}

function read(): Place {
  return { ...ROUTE.exec(location.hash)?.groups };
}

/** A new object each time that one goes somewhere, be it to where one is. */
export function usePlace(): Place {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => here,
  );
}

/** The id of the open room; undefined in the list. */
export function useOpenRoomId(): string | undefined {
  return usePlace().roomId;
}
