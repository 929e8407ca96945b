// The list of features, from the ground up.
import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import { BusModule } from './bus/bus.module.js';
import type { Settings } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { CoreModule } from './core/core.module.js';
import { DatabaseModule } from './database/database.module.js';
import { entities } from './entities.js';
import { GatewayModule } from './gateway/gateway.module.js';
import { HealthModule } from './health/health.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PresenceModule } from './presence/presence.module.js';
import { RoomsModule } from './rooms/rooms.module.js';
import { UsersModule } from './users/users.module.js';

@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule,
        ConfigModule.forRoot(settings),
        DatabaseModule.forRoot(entities),
        BusModule,
        HealthModule,
        UsersModule,
        AuthModule,
        RoomsModule,
        MessagesModule,
        PresenceModule,
        GatewayModule,
      ],
    };
  }
}
