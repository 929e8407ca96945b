// From rows to models: the only lines that know both.
import { sql } from 'kysely';
import { moment, momentOrNull } from '../database/database.js';
import { type JoinedUser, User, userColumns } from '../users/user.model.js';
import { type Membership, type Room, type RoomKind, RoomRole } from './room.model.js';

/** A row of `rooms` as SQL hands it out. */
export interface RoomRecord {
  id: string;
  kind: RoomKind;
  name: string | null;
  topic: string | null;
  lobby: boolean;
  last_seq: number;
  created_at: string;
  active_at: string;
  archived_at: string | null;
}

export const toRoom = (row: RoomRecord): Room => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  topic: row.topic,
  createdAt: moment(row.created_at),
  archivedAt: momentOrNull(row.archived_at),
  headSeq: row.last_seq,
});

const ROLES = [RoomRole.OWNER, RoomRole.MODERATOR, RoomRole.MEMBER] as const;

export const rankOf = (role: RoomRole): number => ROLES.indexOf(role);
export const roleOf = (rank: number | null): RoomRole | null => (rank === null ? null : (ROLES[rank] ?? null));

/** A row of `memberships` with its person. */
export interface MembershipRecord extends JoinedUser {
  id: string;
  room_id: string;
  role: number;
  joined_at: string;
}

export const membershipColumns = sql`
  m.id, m.room_id, m.role, m.joined_at, ${userColumns('u')}`;

export const toMembership = (row: MembershipRecord): Membership => ({
  id: row.id,
  roomId: row.room_id,
  user: User.from(row),
  role: roleOf(row.role) ?? RoomRole.MEMBER,
  joinedAt: moment(row.joined_at),
});
