// Where people meet.
import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { BanKinds } from './ban.kinds.js';
import { BansResolver } from './bans.resolver.js';
import { BansService } from './bans.service.js';
import { Departures } from './departures.service.js';
import { ListTeller } from './list-teller.js';
import { MembersService } from './members.service.js';
import { RoomKinds } from './room.kinds.js';
import { RoomLists } from './room.lists.js';
import { RoomAccess } from './room-access.js';
import { RoomFeed } from './room-feed.js';
import { RoomLog } from './room-log.js';
import { RoomStreams } from './room-streams.service.js';
import { MembershipResolver, RoomsResolver, ViewerRoomsResolver } from './rooms.resolver.js';
import { RoomsService } from './rooms.service.js';
import { ViewerEventsResolver } from './viewer-events.resolver.js';
import { ViewerStreams } from './viewer-streams.service.js';

@Module({
  imports: [UsersModule],
  providers: [
    RoomAccess,
    RoomLog,
    RoomKinds,
    RoomLists,
    RoomFeed,
    RoomStreams,
    MembersService,
    Departures,
    BanKinds,
    BansService,
    BansResolver,
    RoomsService,
    RoomsResolver,
    ViewerRoomsResolver,
    MembershipResolver,
    ListTeller,
    ViewerStreams,
    ViewerEventsResolver,
  ],
  exports: [RoomAccess, RoomLog, RoomLists, RoomFeed, RoomStreams, ViewerStreams, RoomsService, MembersService],
})
export class RoomsModule {}
