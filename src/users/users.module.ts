// People.
import { Module } from '@nestjs/common';
import { BlocksResolver } from './blocks.resolver.js';
import { BlocksService } from './blocks.service.js';
import { UserLifecycle } from './user-lifecycle.js';
import { UsersResolver } from './users.resolver.js';
import { UsersService } from './users.service.js';

@Module({
  providers: [UserLifecycle, UsersService, UsersResolver, BlocksService, BlocksResolver],
  exports: [UserLifecycle, UsersService, BlocksService],
})
export class UsersModule {}
