// Where one is, kept in the address: #/rooms/<id> is a room, anything else the list. Back, forward and reload just work.
import { useSyncExternalStore } from 'react';

export const hrefOfRoom = (id: string): string => `#/rooms/${id}`;

export function goToRoom(id: string): void {
  location.hash = hrefOfRoom(id);
}

export function goToList(): void {
  location.hash = '#/';
}

/** The id of the open room; undefined in the list. */
export function useOpenRoomId(): string | undefined {
  const hash = useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed);
      return () => removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return /^#\/rooms\/([\w-]+)$/.exec(hash)?.[1];
}
