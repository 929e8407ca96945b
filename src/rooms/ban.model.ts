// A ban, as moderators and owners see it, and the rows that it is made of.
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { type RawBuilder, sql } from 'kysely';
import { connectionType } from '../core/connection.js';
import { Node } from '../core/node.js';
import { type JoinedUser, User, userColumns } from '../users/user.model.js';

@ObjectType({
  implements: () => [Node],
  description:
    'Somebody may not come into a room. To them it does not exist, also when it is public, until the ban is lifted or over.',
})
export class Ban extends Node {
  @Field(() => User)
  user!: User;

  @Field(() => User, { description: 'Who banned them.' })
  by!: User;

  @Field(() => String, { nullable: true, description: 'Up to 250 characters, for moderators and owners alone to see.' })
  reason!: string | null;

  @Field(() => Date, { nullable: true, description: 'When it ends by itself. Null: when it is lifted.' })
  until!: Date | null;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: 'A page of bans that stand, the newest first.' })
export class BanConnection extends connectionType(() => Ban, 'Ban') {}

@InputType()
export class BanInput {
  @Field(() => ID)
  roomId!: string;

  @Field(() => ID, { description: 'A member, or anybody else.' })
  userId!: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When it ends by itself, which must be in the future. Absent or null: when it is lifted.',
  })
  until?: Date | null;

  @Field(() => String, { nullable: true, description: 'Up to 250 characters, for moderators and owners alone to see.' })
  reason?: string | null;
}

/** A row of `bans` with the person who is banned. */
export interface BanRecord extends JoinedUser {
  id: string;
  by_id: string;
  membership_id: string | null;
  reason: string | null;
  until: string | null;
  created_at: string;
  banned_seq: number;
  lifted_seq: number | null;
}

export const bansWithUsers = sql`
  select b.id, b.by_id, b.membership_id, b.reason, b.until, b.created_at, b.banned_seq, b.lifted_seq, ${userColumns('u')}
  from bans b join users u on u.id = b.user_id`;

/** SQL: the ban `b` counts. One that is over needs nobody to end it. */
export const banStands = sql`b.lifted_seq is null and (b.until is null or b.until > now())`;

/** SQL: that person may not come into that room. */
export const isBanned = (roomId: RawBuilder<unknown>, userId: RawBuilder<unknown>) => sql<boolean>`
  exists (select from bans b where b.room_id = ${roomId} and b.user_id = ${userId} and ${banStands})`;
