// What several rooms of the SDK ask with and are answered.
import { ParleyError } from './errors.js';

/** `first` with optional `after`, or `last` with optional `before`; 1 to 100, and 50 with neither. */
export type Page = { first?: number; after?: string | null; last?: number; before?: string | null };

export function signedIn<T>(viewer: T | null): T {
  if (viewer === null) throw new ParleyError('UNAUTHENTICATED', 'You are signed out.');
  return viewer;
}

export function found<T>(room: T | null, roomId: string): T {
  if (room === null) throw new ParleyError('NOT_FOUND', `There is no room ${roomId} that you may see.`);
  return room;
}
