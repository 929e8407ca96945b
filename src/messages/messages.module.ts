// What people say.
import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { MentionedResolver, MentionsResolver } from './mentions.resolver.js';
import { Mentions } from './mentions.service.js';
import { MessageKinds } from './message.kinds.js';
import { MessageLists } from './message.lists.js';
import { MessagesResolver, RoomMessagesResolver } from './messages.resolver.js';
import { MessagesService } from './messages.service.js';
import { MessagesAroundResolver } from './messages-around.resolver.js';
import { MessagesAround } from './messages-around.service.js';
import { ReadStatesResolver, ViewerReadSignalsResolver } from './read-states.resolver.js';
import { ReadStates } from './read-states.service.js';
import { SendQueue } from './send-queue.js';
import { SendRate } from './send-rate.js';

@Module({
  imports: [UsersModule, RoomsModule],
  providers: [
    MessagesService,
    MessageLists,
    MessageKinds,
    SendRate,
    SendQueue,
    MessagesResolver,
    RoomMessagesResolver,
    Mentions,
    MentionsResolver,
    MentionedResolver,
    ReadStates,
    ReadStatesResolver,
    ViewerReadSignalsResolver,
    MessagesAround,
    MessagesAroundResolver,
  ],
  exports: [MessagesService],
})
export class MessagesModule {}
