// What the documents of the tests select.

export interface UserSeen {
  id: string;
  username: string;
  displayName: string;
}

export interface MessageSeen {
  id: string;
  seq: number;
  roomId: string;
  content: string | null;
  version: number;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  clientMessageId: string | null;
  cursor: string;
  author: UserSeen;
}

export interface RoomSeen {
  id: string;
  kind: string;
  name: string | null;
  topic: string | null;
  headSeq: number;
  archivedAt: string | null;
}

export interface PageSeen {
  nodes: MessageSeen[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  streamCursor: string;
}

export interface HouseEvent {
  __typename: string;
  cursor: string;
  seq?: number;
  at?: string;
  actor?: UserSeen | null;
  message?: MessageSeen;
  start?: string;
  replayed?: number;
  reason?: string;
  retryAfterMs?: number | null;
  removed?: boolean;
  user?: UserSeen;
  membership?: { id: string; role: string; user: UserSeen };
  room?: RoomSeen;
  endedMembershipId?: string | null;
  until?: string | null;
}
