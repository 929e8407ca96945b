// A ban's row. One that was lifted stays, for the log refers to it by its place.
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';
import { MembershipRow } from './membership.entity.js';
import { RoomRow } from './room.entity.js';

@Entity({ tableName: 'bans' })
@Unique({
  name: 'bans_current_unique',
  expression: 'create unique index bans_current_unique on bans (room_id, user_id) where lifted_seq is null',
})
// How the events of bans are read back, and how those that stand are listed: the newest first.
@Unique({ name: 'bans_banned_seq_unique', properties: ['roomId', 'bannedSeq'] })
@Index({
  name: 'bans_lifted_seq_index',
  expression: 'create index bans_lifted_seq_index on bans (room_id, lifted_seq) where lifted_seq is not null',
})
@Check({ name: 'bans_order_check', expression: 'lifted_seq > banned_seq' })
export class BanRow {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne({ entity: () => RoomRow, mapToPk: true, fieldName: 'room_id', index: false })
  roomId!: string;

  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'user_id', index: false })
  userId!: string;

  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'by_id', index: false })
  byId!: string;

  /** The membership that ended with it; null for somebody who was no member. */
  @ManyToOne({
    entity: () => MembershipRow,
    mapToPk: true,
    fieldName: 'membership_id',
    nullable: true,
    index: false,
    deleteRule: 'no action',
  })
  membershipId!: string | null;

  @Property({ type: 'text', nullable: true })
  reason!: string | null;

  /** When it ends by itself: from then on it counts no more. Null: when it is lifted. */
  @Property({ type: 'datetime', length: 3, nullable: true })
  until!: Date | null;

  @Property({ type: 'datetime', length: 3 })
  createdAt!: Date;

  /** Seq of its MemberBanned event. */
  @Property({ type: 'integer' })
  bannedSeq!: number;

  /** Seq of the MemberUnbanned event that lifted it, or of the MemberBanned event of the ban that came in its stead. */
  @Property({ type: 'integer', nullable: true })
  liftedSeq!: number | null;
}
