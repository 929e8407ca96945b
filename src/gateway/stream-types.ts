// Every item that a stream can carry: no field returns them by name, so the schema must be told.
import { Mentioned, MessageDeleted, MessageEdited, MessageSent } from '../messages/message.events.js';
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
  MemberJoined,
  MemberLeft,
  MemberRoleChanged,
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
