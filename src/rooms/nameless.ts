// Whoever has deleted their account is nameless also in what is kept in memory of a room.
import { isNameless, type User } from '../users/user.model.js';
import type { MemberLeft, RoomEvent } from './room.events.js';

export function withoutName(earlier: RoomEvent, { user }: MemberLeft): RoomEvent {
  return isNameless(user) ? (replaced(earlier, user) as RoomEvent) : earlier;
}

/** Events are plain JSON and dates: that person is whatever has their id and a username. */
function replaced(value: unknown, user: User): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, user));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if ('username' in value && 'id' in value && value.id === user.id) return user;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, user)]));
}
