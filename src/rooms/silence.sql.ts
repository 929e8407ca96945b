// Who may read a direct room and no longer write in it. Nobody can leave such a room, so a block is what closes it.
import { type RawBuilder, sql } from 'kysely';

/**
 * SQL, for a direct room: somebody in it does not want to be written to by that person, or nobody else is left in it. The
 * two are told alike, so that nobody learns of a block.
 */
export const isSilenced = (roomId: RawBuilder<unknown>, userId: RawBuilder<unknown>) => sql<boolean>`(
  not exists (
    select from memberships o where o.room_id = ${roomId} and o.user_id <> ${userId} and o.ended_seq is null
  ) or exists (
    select from memberships o join blocks b on b.blocker_id = o.user_id and b.blocked_id = ${userId}
    where o.room_id = ${roomId} and o.ended_seq is null
  ))`;

export const SILENCED = 'You can no longer write in this direct room.';
