// People.
import { Module } from '@nestjs/common';
import { UserLifecycle } from './user-lifecycle.js';
import { UsersResolver } from './users.resolver.js';
import { UsersService } from './users.service.js';

@Module({ providers: [UserLifecycle, UsersService, UsersResolver], exports: [UserLifecycle, UsersService] })
export class UsersModule {}
