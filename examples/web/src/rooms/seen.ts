// How far this browser has read each room: a dot in the list until the server keeps read state for all one's devices.

import type { Room } from 'parley/client';
import { useSyncExternalStore } from 'react';
import { useMe } from '../session/me';

const KEY = 'parley.seen';
const listeners = new Set<() => void>();
let seen: Readonly<Record<string, number>> = read(); // by "<user id>/<room id>": two people may share a browser

/** Everything up to `seq` has been on screen. */
export function markSeen(userId: string, roomId: string, seq: number): void {
  const place = `${userId}/${roomId}`;
  if ((seen[place] ?? 0) < seq) keep({ ...seen, [place]: seq });
}

/** On somebody's first visit from this browser nothing is news: what counts is what comes from now on. */
export function beginSeeing(userId: string, rooms: readonly Room[]): void {
  if (Object.keys(seen).some((place) => place.startsWith(`${userId}/`))) return;
  const now = rooms.map((room) => [`${userId}/${room.id}`, room.lastMessage?.seq ?? 0]);
  keep({ ...seen, ...Object.fromEntries(now) });
}

export function useHasNews(room: Room): boolean {
  const me = useMe();
  const upTo = useSyncExternalStore(subscribe, () => seen[`${me.id}/${room.id}`] ?? 0);
  const last = room.lastMessage;
  return !!last && last.author.id !== me.id && last.seq > upTo;
}

function keep(next: Readonly<Record<string, number>>): void {
  seen = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(seen));
  } catch {
    // Storage may be full or forbidden: then the dots last as long as the page.
  }
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function read(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}
