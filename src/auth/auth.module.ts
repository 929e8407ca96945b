// Who asks: sessions, cookies, passwords.
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../config/config.js';
import { SharedKey } from '../core/shared-key.js';
import { UsersModule } from '../users/users.module.js';
import { AccessKeysResolver } from './access-keys.resolver.js';
import { AccessKeysService } from './access-keys.service.js';
import { AccountResolver } from './account.resolver.js';
import { AccountService } from './account.service.js';
import { Attempts } from './attempts.js';
import { AuthResolver } from './auth.resolver.js';
import { AuthService } from './auth.service.js';
import { Passwords } from './passwords.js';
import { SessionsService } from './sessions.service.js';
import { Throttle } from './throttle.js';
import { MemoryThrottle } from './throttle.memory.js';
import { RedisThrottle } from './throttle.redis.js';
import { Tokens } from './tokens.js';

@Module({
  imports: [UsersModule],
  providers: [
    AuthService,
    AuthResolver,
    Tokens,
    SessionsService,
    AccessKeysService,
    AccessKeysResolver,
    AccountService,
    AccountResolver,
    Passwords,
    Attempts,
    {
      provide: Throttle,
      inject: [Settings, SharedKey],
      useFactory: ({ redisUrl }: Settings, { bytes }: SharedKey): Throttle =>
        redisUrl ? new RedisThrottle(redisUrl, bytes) : new MemoryThrottle(bytes),
    },
  ],
  exports: [AuthService, SessionsService, AccessKeysService],
})
export class AuthModule implements OnApplicationShutdown {
  constructor(@Inject(Throttle) private readonly throttle: Throttle) {}

  onApplicationShutdown(): void {
    this.throttle.close();
  }
}
