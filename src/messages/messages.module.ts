// What people say.
import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module.js';
import { UsersModule } from '../users/users.module.js';
import { MentionedResolver, MentionsResolver } from './mentions.resolver.js';
import { Mentions } from './mentions.service.js';
import { MessageKinds } from './message.kinds.js';
import { MessageLists } from './message.lists.js';
import { MessageChanges } from './message-changes.js';
import { MessagesResolver, RoomMessagesResolver } from './messages.resolver.js';
import { MessagesService } from './messages.service.js';
import { MessagesAroundResolver } from './messages-around.resolver.js';
import { MessagesAround } from './messages-around.service.js';
import { PinsResolver } from './pins.resolver.js';
import { PinsService } from './pins.service.js';
import { ReactionLists } from './reaction.lists.js';
import { ReactionGroupResolver, ReactionsResolver } from './reactions.resolver.js';
import { ReactionsService } from './reactions.service.js';
import { ReadStatesResolver, ViewerReadSignalsResolver } from './read-states.resolver.js';
import { ReadStates } from './read-states.service.js';
import { Revisions } from './revisions.js';
import { RevisionsResolver } from './revisions.resolver.js';
import { SearchLists } from './search.lists.js';
import { SearchResolver } from './search.resolver.js';
import { SearchService } from './search.service.js';
import { SendQueue } from './send-queue.js';
import { SendRate } from './send-rate.js';
import { ThreadLists } from './thread.lists.js';
import { ThreadSummaryResolver, ThreadsResolver } from './threads.resolver.js';

@Module({
  imports: [UsersModule, RoomsModule],
  providers: [
    MessagesService,
    MessageLists,
    MessageChanges,
    MessageKinds,
    SendRate,
    SendQueue,
    MessagesResolver,
    RoomMessagesResolver,
    ReactionLists,
    ReactionsService,
    ReactionsResolver,
    ReactionGroupResolver,
    PinsService,
    PinsResolver,
    Revisions,
    RevisionsResolver,
    SearchLists,
    SearchService,
    SearchResolver,
    ThreadLists,
    ThreadsResolver,
    ThreadSummaryResolver,
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
