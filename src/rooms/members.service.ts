// Who is in a room: joining, leaving, adding, removing, roles. Every change is judged and written under the room's lock.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Settings } from '../config/config.js';
import { badInput, ChatError, conflict, ErrorCode, forbidden, notFound } from '../core/errors.js';
import { isId, newId } from '../core/ids.js';
import type { Viewer } from '../core/viewer.js';
import { Database, type Unit } from '../database/database.js';
import type { User } from '../users/user.model.js';
import { UserLifecycle } from '../users/user-lifecycle.js';
import { UsersService } from '../users/users.service.js';
import { banStands } from './ban.model.js';
import { eventAt, type MemberJoined, type MemberLeft, type MemberRoleChanged } from './room.events.js';
import type { AddMembersInput, RemoveMemberInput, SetRoleInput } from './room.inputs.js';
import { type Membership, type Room, RoomKind, RoomRole } from './room.model.js';
import { type MembershipRecord, membershipColumns, rankOf, toMembership } from './room.rows.js';
import { RoomAccess, type Standing } from './room-access.js';
import { RoomLog } from './room-log.js';

const ADD_MAX = 100; // people in one call: each is an event in the room

@Injectable()
export class MembersService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: RoomAccess,
    private readonly log: RoomLog,
    private readonly users: UsersService,
    private readonly lifecycle: UserLifecycle,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    if (this.settings.lobby) this.lifecycle.onCreated((unit, user) => this.joinLobby(unit, user));
  }

  async join(viewer: Viewer, roomId: string): Promise<Membership> {
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, roomId);
      const existing = await this.current(unit, roomId, viewer.userId);
      if (existing) return existing;
      standing.requireOpen();
      const user = await this.users.byId(viewer.userId);
      return this.enter(unit, roomId, user, RoomRole.MEMBER, user);
    });
  }

  async leave(viewer: Viewer, roomId: string): Promise<Viewer> {
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, roomId);
      standing.requireNotDirect();
      const membership = await this.current(unit, roomId, viewer.userId);
      if (!membership) return viewer;
      standing.requireOpen();
      await this.requireAnotherOwner(unit, roomId, membership);
      await this.depart(unit, membership, membership.user);
      return viewer;
    });
  }

  async add(viewer: Viewer, input: AddMembersInput): Promise<Membership[]> {
    const userIds = distinct(input.userIds);
    if (userIds.length < 1 || userIds.length > ADD_MAX)
      throw badInput('userIds', `\`userIds\` must name 1 to ${ADD_MAX} people.`, ADD_MAX);
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, input.roomId);
      standing.requireNotDirect();
      if (standing.room.kind === RoomKind.PRIVATE) standing.requireModerator();
      else standing.requireMember();
      standing.requireOpen();
      const people = await this.known(input.userIds, userIds, 'userIds');
      await this.requireNotBanned(unit, input.roomId, input.userIds);
      const actor = await this.users.byId(viewer.userId);
      const memberships: Membership[] = [];
      for (const user of people) {
        const existing = await this.current(unit, input.roomId, user.id);
        memberships.push(existing ?? (await this.enter(unit, input.roomId, user, RoomRole.MEMBER, actor)));
      }
      return memberships;
    });
  }

  async remove(viewer: Viewer, input: RemoveMemberInput): Promise<Room> {
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, input.roomId);
      standing.requireNotDirect().requireModerator().requireOpen();
      const membership = isId(input.userId) ? await this.current(unit, input.roomId, input.userId) : null;
      if (!membership) return standing.room; // gone already: as if done
      await this.requireRemovable(unit, standing, membership);
      const left = await this.depart(unit, membership, await this.users.byId(viewer.userId));
      return { ...standing.room, headSeq: left.seq };
    });
  }

  async setRole(viewer: Viewer, input: SetRoleInput): Promise<Membership> {
    return this.database.write(async (unit) => {
      const standing = await this.access.locked(unit, viewer, input.roomId);
      standing.requireNotDirect().requireOwner().requireOpen();
      const membership = isId(input.userId) ? await this.current(unit, input.roomId, input.userId) : null;
      if (!membership) throw notFound('member');
      if (membership.role === input.role) return membership;
      await this.requireAnotherOwner(unit, input.roomId, membership);
      await unit.query(sql`update memberships set role = ${rankOf(input.role)} where id = ${membership.id}`);
      const changed = { ...membership, role: input.role };
      const actor = await this.users.byId(viewer.userId);
      const entry = { roomId: input.roomId, kind: 'MemberRoleChanged', actor, membershipId: membership.id } as const;
      await this.log.append<MemberRoleChanged>(unit, entry, (place) => ({
        ...eventAt('MemberRoleChanged', place),
        membership: changed,
      }));
      return changed;
    });
  }

  /** Puts a person into a room that is locked, or new and nobody else's yet. */
  async enter(unit: Unit, roomId: string, user: User, role: RoomRole, actor: User): Promise<Membership> {
    const id = newId();
    const [row] = await unit.query(sql<{ joined_at: string }>`
      insert into memberships (id, room_id, user_id, role, joined_at, joined_seq)
      select ${id}::uuid, r.id, u.id, ${rankOf(role)}::smallint, clock_timestamp(), r.last_seq + 1
      from (select id from users where id = ${user.id} and deleted_at is null for key share) u
      join rooms r on r.id = ${roomId}::uuid
      returning joined_at`);
    if (!row) throw new ChatError(ErrorCode.NOT_FOUND, 'There is no such person any more.');
    const membership: Membership = { id, roomId, user, role, joinedAt: new Date(row.joined_at) };
    const entry = { roomId, kind: 'MemberJoined', actor, membershipId: id } as const;
    await this.log.append<MemberJoined>(unit, entry, (place) => ({ ...eventAt('MemberJoined', place), membership }));
    return membership;
  }

  /** The people with these ids, each once. Names the first that does not exist by its place in the input. */
  async known(asGiven: readonly string[], ids: readonly string[], field: string): Promise<User[]> {
    const people = await this.users.byIds(ids);
    return people.map((user, at) => {
      if (user) return user;
      const index = asGiven.indexOf(ids[at] ?? '');
      throw new ChatError(ErrorCode.NOT_FOUND, 'There is no such person.', { field: `${field}.${index}` });
    });
  }

  private async joinLobby(unit: Unit, user: User): Promise<void> {
    const [lobby] = await unit.query(sql<{ id: string }>`select id from rooms where lobby for no key update`);
    if (lobby) await this.enter(unit, lobby.id, user, RoomRole.MEMBER, user);
  }

  async current(unit: Unit, roomId: string, userId: string): Promise<Membership | null> {
    const [row] = await unit.query(sql<MembershipRecord>`
      select ${membershipColumns} from memberships m join users u on u.id = m.user_id
      where m.room_id = ${roomId} and m.user_id = ${userId} and m.ended_seq is null for no key update of m`);
    return row ? toMembership(row) : null;
  }

  /** Owners are removed by owners, and never the last one. */
  async requireRemovable(unit: Unit, standing: Standing, membership: Membership): Promise<void> {
    if (membership.role !== RoomRole.OWNER) return;
    if (standing.role !== RoomRole.OWNER) throw forbidden('Only owners of the room may remove or ban an owner.');
    await this.requireAnotherOwner(unit, standing.room.id, membership);
  }

  private async requireNotBanned(unit: Unit, roomId: string, asGiven: readonly string[]): Promise<void> {
    const rows = await unit.query(sql<{ user_id: string }>`
      select b.user_id from bans b
      where b.room_id = ${roomId} and b.user_id = any(${asGiven}::uuid[]) and ${banStands}`);
    const banned = new Set(rows.map((row) => row.user_id));
    const index = asGiven.findIndex((id) => banned.has(id));
    if (index >= 0)
      throw conflict('They are banned from the room: a moderator must lift that first.', { field: `userIds.${index}` });
  }

  /** A room keeps an owner. Counted under the room's lock, so that two cannot leave each other alone. */
  private async requireAnotherOwner(unit: Unit, roomId: string, leaving: Membership): Promise<void> {
    if (leaving.role !== RoomRole.OWNER) return;
    const [row] = await unit.query(sql<{ owners: number }>`
      select count(*)::int as owners from memberships
      where room_id = ${roomId} and role = ${rankOf(RoomRole.OWNER)} and ended_seq is null`);
    if ((row?.owners ?? 0) < 2) throw conflict('A room needs an owner: name another one first.');
  }

  async depart(unit: Unit, membership: Membership, actor: User): Promise<MemberLeft> {
    const { id, roomId, user } = membership;
    const entry = { roomId, kind: 'MemberLeft', actor, membershipId: id } as const;
    const left = await this.log.append<MemberLeft>(unit, entry, (place) => ({
      ...eventAt('MemberLeft', place),
      user,
      membershipId: id,
      removed: actor.id !== user.id,
    }));
    await unit.query(sql`update memberships set ended_seq = ${left.seq} where id = ${id}`);
    return left;
  }
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
