// The rows, named once for the app and the migration CLI.
import { AccessKeyRow } from './auth/access-key.entity.js';
import { SessionRow } from './auth/session.entity.js';
import type { Entities } from './database/orm.js';
import { SharedKeyRow } from './database/shared-key.entity.js';
import { MessageRow } from './messages/message.entity.js';
import { MessageMentionRow } from './messages/message-mention.entity.js';
import { MessageReactionRow } from './messages/reaction.entity.js';
import { ReadStateRow } from './messages/read-state.entity.js';
import { MessageRevisionRow } from './messages/revision.entity.js';
import { BanRow } from './rooms/ban.entity.js';
import { MembershipRow } from './rooms/membership.entity.js';
import { RoomRow } from './rooms/room.entity.js';
import { RoomEventRow } from './rooms/room-event.entity.js';
import { BlockRow } from './users/block.entity.js';
import { UserRow } from './users/user.entity.js';

export const entities: Entities = [
  SharedKeyRow,
  UserRow,
  BlockRow,
  SessionRow,
  AccessKeyRow,
  RoomRow,
  MembershipRow,
  BanRow,
  RoomEventRow,
  MessageRow,
  MessageReactionRow,
  MessageRevisionRow,
  ReadStateRow,
  MessageMentionRow,
];
