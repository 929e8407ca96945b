// Who is here, and what matters for a moment only.
import { Module } from '@nestjs/common';
import { Settings } from '../config/config.js';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { PresenceResolver, RoomSignalsResolver } from './presence.resolver.js';
import { Presence } from './presence.service.js';
import { PresenceStore } from './presence-store.js';
import { MemoryPresenceStore } from './presence-store.memory.js';
import { RedisPresenceStore } from './presence-store.redis.js';
import { RoomSignals } from './room-signals.service.js';

@Module({
  imports: [UsersModule, RoomsModule],
  providers: [
    Presence,
    PresenceResolver,
    RoomSignals,
    RoomSignalsResolver,
    {
      provide: PresenceStore,
      inject: [Settings],
      useFactory: ({ redisUrl, presenceTtl }: Settings): PresenceStore =>
        redisUrl ? new RedisPresenceStore(redisUrl, presenceTtl) : new MemoryPresenceStore(presenceTtl),
    },
  ],
  exports: [Presence],
})
export class PresenceModule {}
