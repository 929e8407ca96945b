// Every item that a stream can carry: no field returns them by name, so the schema must be told.
import { Mentioned, MessageDeleted, MessageEdited, MessageSent } from '../messages/message.events.js';
import { MessagePinned, MessageUnpinned } from '../messages/pin.events.js';
import { ReactionAdded, ReactionRemoved } from '../messages/reaction.events.js';
import { MemberBanned, MemberUnbanned } from '../rooms/ban.events.js';
import {
  MemberJoined,
  MemberLeft,
  MemberRoleChanged,
  RoomUpdated,
  StreamEnded,
  StreamReady,
} from '../rooms/room.events.js';
import { PresenceSignal, ReadSignal, TypingSignal } from '../rooms/room.signals.js';
import { RoomActivity, RoomAdded, RoomRemoved, ViewerReady } from '../rooms/viewer.events.js';

export const STREAM_TYPES = [
  StreamReady,
  MessageSent,
  MessageEdited,
  MessageDeleted,
  ReactionAdded,
  ReactionRemoved,
  MessagePinned,
  MessageUnpinned,
  MemberJoined,
  MemberLeft,
  MemberRoleChanged,
  MemberBanned,
  MemberUnbanned,
  RoomUpdated,
  StreamEnded,
  TypingSignal,
  PresenceSignal,
  ReadSignal,
  ViewerReady,
  RoomActivity,
  RoomAdded,
  RoomRemoved,
  Mentioned,
];
