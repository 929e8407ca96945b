// The tables, and the GraphQL types: one class for both, as tutorials do it.
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@Entity({ tableName: 'users' })
@ObjectType()
export class User {
  @Field(() => ID)
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field()
  @Property({ type: 'text', unique: true })
  username!: string;

  @Field()
  @Property({ type: 'text' })
  displayName!: string;
}

@Entity({ tableName: 'sessions' })
export class Session {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'text', unique: true })
  tokenHash!: string;

  @ManyToOne(() => User)
  user!: User;

  @Property({ type: 'datetime' })
  expiresAt!: Date;
}

@Entity({ tableName: 'rooms' })
export class Room {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'integer' })
  lastSeq!: number;
}

@Entity({ tableName: 'memberships' })
@Unique({ properties: ['room', 'user'] })
export class Membership {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => Room)
  room!: Room;

  @ManyToOne(() => User)
  user!: User;
}

@Entity({ tableName: 'messages' })
@Index({ properties: ['room', 'seq'] })
@ObjectType()
export class Message {
  @Field(() => ID)
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => Room)
  room!: Room;

  @Field(() => Int)
  @Property({ type: 'integer' })
  seq!: number;

  @Field(() => User)
  @ManyToOne(() => User)
  author!: User;

  @Field()
  @Property({ type: 'text' })
  content!: string;

  @Field()
  @Property({ type: 'datetime' })
  createdAt!: Date;
}

/** The same, but its author is fetched by a loader instead of being populated. */
@ObjectType()
export class LoadedMessage {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  seq!: number;

  author!: User;

  @Field()
  content!: string;

  @Field()
  createdAt!: Date;
}
