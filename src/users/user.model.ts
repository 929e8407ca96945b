// A person, as everyone may see them.
import { Field, ObjectType } from '@nestjs/graphql';
import { sql } from 'kysely';
import { Node } from '../core/node.js';
import { moment } from '../database/database.js';
import type { UserRow } from './user.entity.js';

@ObjectType({ implements: () => [Node], description: 'A person, as everyone may see them.' })
export class User extends Node {
  @Field({
    description:
      '3 to 32 of a-z, 0-9, "_", "." and "-". Unique without regard to case. Of a deleted account: "deleted:" and its id.',
  })
  username!: string;

  @Field({ description: '1 to 64 characters. Of a deleted account: "Deleted user".' })
  displayName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'An https address of a picture, of up to 2,048 characters. Null: none. Whoever loads it is seen there.',
  })
  avatarUrl!: string | null;

  @Field({ description: 'A program, as it said of itself when it signed up.' })
  bot!: boolean;

  @Field({ description: 'When they signed up.' })
  createdAt!: Date;

  static of(row: UserRow): User {
    const { id, username, displayName, avatarUrl, bot, createdAt } = row;
    return { id, username, displayName, avatarUrl, bot, createdAt };
  }

  /** From the columns of `userColumns(alias)` in a row that was read with others. */
  static from(row: JoinedUser): User {
    return {
      id: row.user_id,
      username: row.user_username,
      displayName: row.user_display_name,
      avatarUrl: row.user_avatar_url,
      bot: row.user_bot,
      createdAt: moment(row.user_created_at),
    };
  }
}

/** A person among the columns of a row that was read with others. */
export interface JoinedUser {
  user_id: string;
  user_username: string;
  user_display_name: string;
  user_avatar_url: string | null;
  user_bot: boolean;
  user_created_at: string;
}

/** SQL for the columns of `JoinedUser`, wherever `users` is joined under that alias. A new column of a person is added here. */
export const userColumns = (alias: string) =>
  sql.raw(
    ['id', 'username', 'display_name', 'avatar_url', 'bot', 'created_at']
      .map((column) => `${alias}.${column} as user_${column}`)
      .join(', '),
  );

const DELETED = 'deleted:'; // no username that anyone can have begins like this

/** What is left of somebody who has deleted their account. */
export const namelessFrom = (user: User): User => ({
  ...user,
  username: DELETED + user.id,
  displayName: 'Deleted user',
  avatarUrl: null,
});

export const isNameless = (user: User): boolean => user.username.startsWith(DELETED);
