// A row of the room log: what happened, as references. The words of a message stand in its own row only.
import { PrimaryKeyProp } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { UserRow } from '../users/user.entity.js';
import { MembershipRow } from './membership.entity.js';
import { RoomRow } from './room.entity.js';

@Entity({ tableName: 'room_events' })
export class RoomEventRow {
  [PrimaryKeyProp]?: ['roomId', 'seq'];

  @ManyToOne({ entity: () => RoomRow, mapToPk: true, fieldName: 'room_id', primary: true })
  roomId!: string;

  /** 1, 2, 3 … without a hole, in commit order. */
  @PrimaryKey({ type: 'integer', autoincrement: false })
  seq!: number;

  /** The name of its type in the schema, such as MessageSent. */
  @Property({ type: 'text' })
  kind!: string;

  /** Who did it; null when the house itself did. */
  @ManyToOne({ entity: () => UserRow, mapToPk: true, fieldName: 'actor_id', nullable: true, deleteRule: 'no action' })
  actorId!: string | null;

  /** The message it is about. No foreign key: messages live a floor above the log. */
  @Property({ type: 'uuid', nullable: true })
  messageId!: string | null;

  /** The membership it is about, and through it the person. */
  @ManyToOne({
    entity: () => MembershipRow,
    mapToPk: true,
    fieldName: 'membership_id',
    nullable: true,
    deleteRule: 'no action',
  })
  membershipId!: string | null;

  /** A word that stands nowhere else, such as the emoji of a reaction. Never the words of a message. */
  @Property({ type: 'text', nullable: true })
  detail!: string | null;

  @Property({ type: 'datetime', length: 3 })
  at!: Date;
}
