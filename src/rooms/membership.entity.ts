// A membership's row. One that has ended stays, for the log refers to it; coming back makes a new one.
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';
import { RoomRow } from './room.entity.js';

@Entity({ tableName: 'memberships' })
@Unique({
  name: 'memberships_current_unique',
  expression:
    'create unique index memberships_current_unique on memberships (room_id, user_id) where ended_seq is null',
})
// Members are listed by role, then by the time they joined.
@Index({
  name: 'memberships_list_index',
  expression:
    'create index memberships_list_index on memberships (room_id, role, joined_at, id) where ended_seq is null',
})
@Index({
  name: 'memberships_user_index',
  expression: 'create index memberships_user_index on memberships (user_id, room_id) where ended_seq is null',
})
@Check({ name: 'memberships_role_check', expression: 'role in (0, 1, 2)' })
export class MembershipRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne({ entity: () => RoomRow, mapToPk: true, fieldName: 'room_id' })
  roomId!: string;

  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'user_id' })
  userId!: string;

  /** 0 owner, 1 moderator, 2 member: a number, so that the list of members comes in this order from the index. */
  @Property({ type: 'smallint' })
  role!: number;

  @Property({ type: 'datetime', length: 3, defaultRaw: 'clock_timestamp()' })
  joinedAt!: Date;

  /** The seq of the event that began it: nothing before it is unread. */
  @Property({ type: 'integer', default: 0 })
  joinedSeq: number = 0;

  /** The seq of the event that ended it; null while it lasts. */
  @Property({ type: 'integer', nullable: true })
  endedSeq!: number | null;
}
