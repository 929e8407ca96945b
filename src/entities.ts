// The rows, named once for the app and the migration CLI.
import { SessionRow } from './auth/session.entity.js';
import type { Entities } from './database/orm.js';
import { SharedKeyRow } from './database/shared-key.entity.js';
import { MessageRow } from './messages/message.entity.js';
import { MessageMentionRow } from './messages/message-mention.entity.js';
import { ReadStateRow } from './messages/read-state.entity.js';
import { MembershipRow } from './rooms/membership.entity.js';
import { RoomRow } from './rooms/room.entity.js';
import { RoomEventRow } from './rooms/room-event.entity.js';
import { UserRow } from './users/user.entity.js';

export const entities: Entities = [
  SharedKeyRow,
  UserRow,
  SessionRow,
  RoomRow,
  MembershipRow,
  RoomEventRow,
  MessageRow,
  ReadStateRow,
  MessageMentionRow,
];
