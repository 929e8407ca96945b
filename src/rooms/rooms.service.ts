// Rooms: seeing them, making them, changing them.
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { PageArgs } from '../core/connection.js';
import { badInput, ChatError, ErrorCode, forbidden } from '../core/errors.js';
import { newId } from '../core/ids.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database, isUniqueViolation, type Unit } from '../database/database.js';
import { BlocksService } from '../users/blocks.service.js';
import type { User } from '../users/user.model.js';
import { UsersService } from '../users/users.service.js';
import { MembersService } from './members.service.js';
import { eventAt, type RoomUpdated } from './room.events.js';
import type { CreateRoomInput, UpdateRoomInput } from './room.inputs.js';
import { RoomLists } from './room.lists.js';
import { type MembershipConnection, type Room, type RoomConnection, RoomKind, RoomRole } from './room.model.js';
import { type RoomRecord, toRoom } from './room.rows.js';
import { RoomAccess } from './room-access.js';
import { RoomLog } from './room-log.js';

const MEMBERS_MAX = 100; // people named at the making of a room; more join or are added
const DIRECT_MAX = 8; // people in a direct room; more want a name and a way to leave: a private room

@Injectable()
export class RoomsService {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly lists: RoomLists,
    private readonly members: MembersService,
    private readonly users: UsersService,
    private readonly blocks: BlocksService,
    private readonly log: RoomLog,
  ) {}

  async byId(viewer: Viewer, roomId: string): Promise<Room | null> {
    try {
      return (await this.access.reader(viewer, roomId)).room;
    } catch (error) {
      if (error instanceof ChatError && error.code === ErrorCode.NOT_FOUND) return null;
      throw error;
    }
  }

  async ofViewer(viewer: Viewer, args: PageArgs): Promise<RoomConnection> {
    return this.lists.ofUser(viewer.userId, args);
  }

  async public(viewer: Viewer, search: string | null, args: PageArgs): Promise<RoomConnection> {
    return this.lists.public(viewer.userId, search, args);
  }

  async membersOf(viewer: Viewer, roomId: string, args: PageArgs): Promise<MembershipConnection> {
    await this.access.reader(viewer, roomId);
    return this.lists.members(roomId, args);
  }

  async create(viewer: Viewer, input: CreateRoomInput): Promise<Room> {
    const asGiven = input.memberIds ?? [];
    const others = [...new Set(asGiven)].filter((id) => id !== viewer.userId);
    const shape = input.kind === RoomKind.DIRECT ? directShape(viewer, input, others) : namedShape(input, others);
    const people = await this.members.known(asGiven, others, 'memberIds');
    const creator = await this.users.byId(viewer.userId);
    try {
      return await this.database.write((unit) => this.open(unit, shape, creator, people));
    } catch (error) {
      if (!isUniqueViolation(error, 'rooms_direct_key_unique')) throw error;
      const same = await this.direct(shape.directKey); // the same people are the same room
      if (!same) throw new Error('A direct room that exists is not there');
      return same;
    }
  }

  async update(viewer: Viewer, input: UpdateRoomInput): Promise<Room> {
    const name = input.name == null ? undefined : text.roomName(input.name);
    const topic = input.topic === undefined ? undefined : text.roomTopic(input.topic ?? '');
    return this.database.write(async (unit) => {
      const { room } = (await this.access.locked(unit, viewer, input.roomId)).requireOwner().requireOpen();
      const next = { ...room, name: name ?? room.name, topic: topic === undefined ? room.topic : topic };
      if (next.name === room.name && next.topic === room.topic) return room;
      await unit.query(sql`update rooms set name = ${next.name}, topic = ${next.topic} where id = ${room.id}`);
      return this.tellUpdated(unit, viewer, room.id, () => next);
    });
  }

  async archive(viewer: Viewer, roomId: string): Promise<Room> {
    return this.database.write(async (unit) => {
      const { room } = (await this.access.locked(unit, viewer, roomId)).requireOwner();
      if (room.archivedAt) return room;
      const archived = await this.tellUpdated(unit, viewer, room.id, (at) => ({ ...room, archivedAt: at }));
      await unit.query(sql`update rooms set archived_at = active_at where id = ${room.id}`); // when its last event happened
      return archived;
    });
  }

  /** Whoever is blocked by one of them gets the direct room that they have already, and no new one. */
  private async open(unit: Unit, shape: Shape, creator: User, people: readonly User[]): Promise<Room> {
    const ids = people.map(({ id }) => id);
    if (shape.directKey === null || !(await this.blocks.isBlocked(unit, creator.id, ids)))
      return this.make(unit, shape, creator, people);
    const existing = await this.direct(shape.directKey);
    if (!existing) throw forbidden('You cannot open a direct room with these people.');
    return existing;
  }

  private async make(unit: Unit, shape: Shape, creator: User, people: readonly User[]): Promise<Room> {
    const id = newId();
    const [row] = await unit.query(sql<RoomRecord>`
      insert into rooms (id, kind, name, topic, direct_key)
      values (${id}, ${shape.kind}, ${shape.name}, ${shape.topic}, ${shape.directKey}) returning *`);
    if (!row) throw new Error('An insert returned nothing');
    const creatorRole = shape.kind === RoomKind.DIRECT ? RoomRole.MEMBER : RoomRole.OWNER;
    await this.members.enter(unit, id, creator, creatorRole, creator);
    for (const user of people) await this.members.enter(unit, id, user, RoomRole.MEMBER, creator);
    return { ...toRoom(row), headSeq: 1 + people.length };
  }

  private async direct(key: string | null): Promise<Room | null> {
    const [row] = await this.database.statement(sql<RoomRecord>`select * from rooms where direct_key = ${key}`);
    return row ? toRoom(row) : null;
  }

  private async tellUpdated(unit: Unit, viewer: Viewer, roomId: string, next: (at: Date) => Room): Promise<Room> {
    const actor = await this.users.byId(viewer.userId);
    const entry = { roomId, kind: 'RoomUpdated', actor } as const;
    const event = await this.log.append<RoomUpdated>(unit, entry, (place) => ({
      ...eventAt('RoomUpdated', place),
      room: { ...next(place.at), headSeq: place.seq },
    }));
    return event.room;
  }
}

interface Shape {
  readonly kind: RoomKind;
  readonly name: string | null;
  readonly topic: string | null;
  readonly directKey: string | null;
}

function namedShape(input: CreateRoomInput, others: readonly string[]): Shape {
  if (input.name == null) throw badInput('name', 'A public or private room needs a name.');
  if (others.length > MEMBERS_MAX) throw badInput('memberIds', `Name at most ${MEMBERS_MAX} people.`, MEMBERS_MAX);
  return {
    kind: input.kind,
    name: text.roomName(input.name),
    topic: text.roomTopic(input.topic ?? ''),
    directKey: null,
  };
}

function directShape(viewer: Viewer, input: CreateRoomInput, others: readonly string[]): Shape {
  if (input.name != null) throw badInput('name', 'A direct room has no name.');
  if (input.topic != null) throw badInput('topic', 'A direct room has no topic.');
  if (others.length < 1 || others.length >= DIRECT_MAX) {
    throw badInput('memberIds', `A direct room has 2 to ${DIRECT_MAX} people, you among them.`, DIRECT_MAX - 1);
  }
  return { kind: RoomKind.DIRECT, name: null, topic: null, directKey: [viewer.userId, ...others].sort().join(',') };
}
