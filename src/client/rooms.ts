// Where one meets: rooms, who is in them, and who may not come in.
import { Account } from './account.js';
import { found, type Page, signedIn } from './answers.js';
import * as api from './generated.js';

export abstract class Rooms extends Account {
  /** One's own rooms, the one with the newest activity first. */
  async rooms(page: Page = {}): Promise<api.RoomPageFragment> {
    return signedIn((await this.request(api.ViewerRoomsDocument, page)).viewer).rooms;
  }

  async publicRooms(page: Page & { search?: string } = {}): Promise<api.RoomPageFragment> {
    return (await this.request(api.PublicRoomsDocument, page)).rooms;
  }

  /** null: absent, or not for you to see. */
  async room(id: string): Promise<api.RoomCardFragment | null> {
    return (await this.request(api.RoomDocument, { id })).room;
  }

  async members(roomId: string, page: Page = {}): Promise<api.MembershipPageFragment> {
    return found((await this.request(api.RoomMembersDocument, { roomId, ...page })).room, roomId).members;
  }

  async createRoom(input: api.CreateRoomInput): Promise<api.RoomCardFragment> {
    return (await this.request(api.CreateRoomDocument, { input })).createRoom;
  }

  async updateRoom(input: api.UpdateRoomInput): Promise<api.RoomCardFragment> {
    return (await this.request(api.UpdateRoomDocument, { input })).updateRoom;
  }

  async archiveRoom(roomId: string): Promise<api.RoomCardFragment> {
    return (await this.request(api.ArchiveRoomDocument, { roomId })).archiveRoom;
  }

  async joinRoom(roomId: string): Promise<api.JoinRoomMutation['joinRoom']> {
    return (await this.request(api.JoinRoomDocument, { roomId })).joinRoom;
  }

  async leaveRoom(roomId: string): Promise<void> {
    await this.request(api.LeaveRoomDocument, { roomId });
  }

  async addMembers(roomId: string, userIds: string[]): Promise<api.MembershipPartsFragment[]> {
    return (await this.request(api.AddMembersDocument, { input: { roomId, userIds } })).addMembers;
  }

  async removeMember(roomId: string, userId: string): Promise<api.RoomCardFragment> {
    return (await this.request(api.RemoveMemberDocument, { input: { roomId, userId } })).removeMember;
  }

  async setRole(roomId: string, userId: string, role: api.RoomRole): Promise<api.MembershipPartsFragment> {
    return (await this.request(api.SetRoleDocument, { input: { roomId, userId, role } })).setRole;
  }

  /** They hear nothing after that, and to them the room does not exist, until it is lifted or over. */
  async banMember(input: api.BanInput): Promise<api.BanPartsFragment> {
    return (await this.request(api.BanMemberDocument, { input })).banMember;
  }

  async unbanMember(roomId: string, userId: string): Promise<api.RoomCardFragment> {
    return (await this.request(api.UnbanMemberDocument, { roomId, userId })).unbanMember;
  }

  /** For moderators and owners: the bans that stand, the newest first. */
  async bans(
    roomId: string,
    page: Pick<Page, 'first' | 'after'> = {},
  ): Promise<NonNullable<api.RoomBansQuery['room']>['bans']> {
    return found((await this.request(api.RoomBansDocument, { roomId, ...page })).room, roomId).bans;
  }
}
