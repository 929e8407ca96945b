// A person, as everyone may see them.
import { Field, ObjectType } from '@nestjs/graphql';
import { sql } from 'kysely';
import { Node } from '../core/node.js';
import { moment } from '../database/database.js';
import type { UserRow } from './user.entity.js';

@ObjectType({ implements: () => [Node], description: 'A person, as everyone may see them.' })
export class User extends Node {
  @Field({ description: '3 to 32 of a-z, 0-9, "_", "." and "-". Unique without regard to case.' })
  username!: string;

  @Field({ description: '1 to 64 characters.' })
  displayName!: string;

  @Field({ description: 'When they signed up.' })
  createdAt!: Date;

  static of(row: UserRow): User {
    return { id: row.id, username: row.username, displayName: row.displayName, createdAt: row.createdAt };
  }

  /** From the columns of `userColumns(alias)` in a row that was read with others. */
  static from(row: JoinedUser): User {
    return {
      id: row.user_id,
      username: row.user_username,
      displayName: row.user_display_name,
      createdAt: moment(row.user_created_at),
    };
  }
}

export interface JoinedUser {
  user_id: string;
  user_username: string;
  user_display_name: string;
  user_created_at: string;
}

/** SQL for the columns of `JoinedUser`, wherever `users` is joined under that alias. A new column of a person is added here. */
export const userColumns = (alias: string) =>
  sql.raw(
    ['id', 'username', 'display_name', 'created_at'].map((column) => `${alias}.${column} as user_${column}`).join(', '),
  );
