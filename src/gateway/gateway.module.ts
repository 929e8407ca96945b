// The two doors.
import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { Documents } from './documents.js';
import { DoorsModule, httpDoor } from './http.module.js';
import { Origins } from './origins.js';
import { Pages } from './pages.js';
import { Sockets } from './sockets.js';
import { STREAM_TYPES } from './stream-types.js';
import { GRAPHQL_PATH, WebSocketDoor } from './websocket.js';

@Module({
  imports: [AuthModule, PresenceModule, DoorsModule, httpDoor(GRAPHQL_PATH, STREAM_TYPES)],
  providers: [Documents, Origins, Pages, Sockets, WebSocketDoor],
  exports: [Origins, Pages, WebSocketDoor],
})
export class GatewayModule {}
