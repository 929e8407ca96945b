// Messages over GraphQL.
import {
  Args,
  Context as Ctx,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { PageArgs } from '../core/connection.js';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { RoomLists } from '../rooms/room.lists.js';
import { Room } from '../rooms/room.model.js';
import { RoomStreams } from '../rooms/room-streams.service.js';
import { roomById } from '../rooms/rooms.resolver.js';
import { EditMessageInput, SendMessageInput } from './message.inputs.js';
import { MessageLists } from './message.lists.js';
import { Message, MessageConnection } from './message.model.js';
import { MessageStream } from './message-stream.js';
import { MessagesService } from './messages.service.js';

const PAGE =
  'Always ascending by `seq`; without arguments the newest 50. `first` with optional `after`, or `last` with optional `before`, 1 to 100.';

@Resolver(() => Message)
export class MessagesResolver {
  constructor(
    private readonly service: MessagesService,
    private readonly streams: RoomStreams,
    private readonly rooms: RoomLists,
  ) {}

  @Query(() => Message, {
    nullable: true,
    description: 'A message by id. Null: it does not exist, or you may not read its room. Errors: UNAUTHENTICATED.',
  })
  message(@CurrentViewer() viewer: Viewer, @Args('id', { type: () => ID }) id: string): Promise<Message | null> {
    return this.service.byId(viewer, id);
  }

  @Query(() => MessageConnection, {
    description: `The history of a room, its main line: replies stand in the threads of their messages. ${PAGE} Errors: UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT (page, cursor).`,
  })
  messages(
    @CurrentViewer() viewer: Viewer,
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args() page: PageArgs,
  ): Promise<MessageConnection> {
    return this.service.history(viewer, roomId, page);
  }

  @Mutation(() => Message, {
    description:
      'Sends a message, or a reply; answers after it is committed. Safe to repeat with the same `clientMessageId`. Errors: UNAUTHENTICATED, NOT_FOUND (the room; `parentId`: no such message in it), FORBIDDEN (not a member, or a direct room in which you can no longer write), BAD_USER_INPUT, CONFLICT (archived, or the key was used for other content or another thread), RATE_LIMITED (`retryAfterMs`), UNAVAILABLE (try again with the same key).',
  })
  sendMessage(@CurrentViewer() viewer: Viewer, @Args('input') input: SendMessageInput): Promise<Message> {
    return this.service.send(viewer, input);
  }

  @Mutation(() => Message, {
    description:
      'Changes the words of your own message; raises `version`. The same words change nothing. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, CONFLICT (deleted, archived, or not `expectedVersion`: `currentVersion`), RATE_LIMITED (`retryAfterMs`).',
  })
  editMessage(@CurrentViewer() viewer: Viewer, @Args('input') input: EditMessageInput): Promise<Message> {
    return this.service.edit(viewer, input);
  }

  @Mutation(() => Message, {
    description:
      "Takes the words away, for good, and with them earlier texts, reactions and pin; the place stays, and its thread goes on. Your own, or others' for moderators and owners. Twice is once. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, CONFLICT (archived).",
  })
  deleteMessage(
    @CurrentViewer() viewer: Viewer,
    @Args('messageId', { type: () => ID }) messageId: string,
  ): Promise<Message> {
    return this.service.delete(viewer, messageId);
  }

  @Subscription(() => Message, {
    resolve: (message: Message) => message,
    description:
      'The same stream as roomEvents, only its new messages, replies of threads too: the five-line beginning. Resume with `after`: the `streamCursor` of a page, or the `cursor` of a message. Ends with an error: FORBIDDEN (you may no longer read the room), UNAUTHENTICATED (session ended), UNAVAILABLE (come back). Errors: UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT (`after`).',
  })
  async messageSent(
    @CurrentViewer() viewer: Viewer,
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the room. Absent or null: only what is sent from now on.',
    })
    after: string | null,
  ): Promise<MessageStream> {
    return new MessageStream(await this.streams.subscribe(viewer, roomId, after));
  }

  /** Whoever was given a message may see its room: it was judged on the way there. */
  @ResolveField(() => Room)
  room(@Parent() message: Message, @Ctx() { loaders }: Context): Promise<Room | null> {
    return roomById(this.rooms, loaders, message.roomId);
  }
}

@Resolver(() => Room)
export class RoomMessagesResolver {
  constructor(
    private readonly service: MessagesService,
    private readonly lists: MessageLists,
  ) {}

  @ResolveField(() => Message, {
    nullable: true,
    description: 'The newest message of the main line. Null: there is none.',
  })
  lastMessage(@Parent() room: Room, @Ctx() { loaders }: Context): Promise<Message | null> {
    // As old as the room that was read: whoever is shown a room was judged when it stood there.
    return loaders
      .get<Message | null>('messages.lastOf', () => {
        return new DataLoader((keys) => this.lists.lastOf(keys.map(roomOfKey)));
      })
      .load(`${room.id} ${room.headSeq}`);
  }

  @PerViewer()
  @ResolveField('messages', () => MessageConnection, {
    description: `Its history, the main line. ${PAGE} Errors: BAD_USER_INPUT (page, cursor).`,
  })
  history(@CurrentViewer() viewer: Viewer, @Parent() room: Room, @Args() page: PageArgs): Promise<MessageConnection> {
    return this.service.history(viewer, room.id, page);
  }
}

function roomOfKey(key: string): Pick<Room, 'id' | 'headSeq'> {
  const [id = '', headSeq] = key.split(' ');
  return { id, headSeq: Number(headSeq) };
}
