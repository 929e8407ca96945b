// The two doors.
import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { Documents } from './documents.js';
import { FanOut } from './fan-out.js';
import { DoorsModule, httpDoor } from './http.module.js';
import { Origins } from './origins.js';
import { Pages } from './pages.js';
import { SharedSubscriptions } from './shared-subscriptions.js';
import { Sockets } from './sockets.js';
import { STREAM_TYPES } from './stream-types.js';
import { Subscriptions } from './subscriptions.js';
import { GRAPHQL_PATH, WebSocketDoor } from './websocket.js';

@Module({
  imports: [AuthModule, PresenceModule, DoorsModule, httpDoor(GRAPHQL_PATH, STREAM_TYPES)],
  providers: [
    Documents,
    { provide: FanOut, useFactory: () => new FanOut() },
    Origins,
    Pages,
    SharedSubscriptions,
    Sockets,
    Subscriptions,
    WebSocketDoor,
  ],
  exports: [Origins, Pages, WebSocketDoor],
})
export class GatewayModule {}
