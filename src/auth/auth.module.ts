// Who asks: sessions, cookies, passwords.
import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { AuthResolver } from './auth.resolver.js';
import { AuthService } from './auth.service.js';
import { Passwords } from './passwords.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [UsersModule],
  providers: [AuthService, AuthResolver, SessionsService, Passwords],
  exports: [AuthService, SessionsService],
})
export class AuthModule {}
