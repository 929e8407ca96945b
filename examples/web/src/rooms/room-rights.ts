// What one may do with a room and its people; the server decides, this only keeps away buttons that it would refuse.
import type { Membership, Room } from 'parley/client';

export interface RoomRights {
  readonly owns: boolean;
  readonly moderates: boolean;
  readonly adds: boolean;
  readonly leaves: boolean;
}

export function rightsIn({ kind, archivedAt, viewerMembership }: Room): RoomRights {
  const role = archivedAt || kind === 'DIRECT' ? undefined : viewerMembership?.role;
  const moderates = role === 'OWNER' || role === 'MODERATOR';
  return { owns: role === 'OWNER', moderates, adds: moderates || (!!role && kind === 'PUBLIC'), leaves: !!role };
}

/** Whether one may remove and ban this member: owners are sent away by owners alone, and nobody by themselves. */
export function maySendAway(room: Room, { user, role }: Membership): boolean {
  const { owns, moderates } = rightsIn(room);
  return user.id !== room.viewerMembership?.user.id && (owns || (moderates && role !== 'OWNER'));
}
