// The documents that guests speak about messages beyond sending them, and the stream that tells all of it.

const USER = 'id username displayName';
const GROUP = 'emoji count viewerReacted';
/** For streams: nothing that depends on who listens. */
const TOLD = `id seq roomId content version deletedAt pinnedAt reactions { emoji count }`;
const SEEN = `id seq roomId content version deletedAt pinnedAt reactions { ${GROUP} }`;

export const ADD_REACTION = `mutation AddReaction($input: ReactionInput!) { addReaction(input: $input) { ${SEEN} } }`;
export const REMOVE_REACTION = `mutation RemoveReaction($input: ReactionInput!) { removeReaction(input: $input) { ${SEEN} } }`;
export const PIN = `mutation Pin($messageId: ID!) { pinMessage(messageId: $messageId) { ${SEEN} } }`;
export const UNPIN = `mutation Unpin($messageId: ID!) { unpinMessage(messageId: $messageId) { ${SEEN} } }`;
export const PINNED = `query Pinned($id: ID!) { room(id: $id) { pinned { ${SEEN} } } }`;
export const REACTIONS = `query Reactions($roomId: ID!) { messages(roomId: $roomId) { nodes { ${SEEN} } } }`;
export const REVISIONS = `query Revisions($id: ID!) { message(id: $id) { content version revisions { version content editedAt } } }`;

/** Everything that a room tells of its messages. */
export const MESSAGE_EVENTS = `subscription MessageEvents($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename cursor
    ... on RoomEvent { seq at actor { ${USER} } }
    ... on MessageSent { message { ${TOLD} } }
    ... on MessageEdited { message { ${TOLD} } }
    ... on MessageDeleted { message { ${TOLD} } }
    ... on ReactionAdded { emoji message { ${TOLD} } }
    ... on ReactionRemoved { emoji message { ${TOLD} } }
    ... on MessagePinned { message { ${TOLD} } }
    ... on MessageUnpinned { message { ${TOLD} } }
  } }`;

export interface GroupSeen {
  emoji: string;
  count: number;
  viewerReacted?: boolean;
}

/** A message as these documents select it. */
export interface MarkedMessage {
  id: string;
  seq: number;
  content: string | null;
  version: number;
  deletedAt: string | null;
  pinnedAt: string | null;
  reactions: GroupSeen[];
}

/** What is told of it: `message` is there on all but the control items. */
export interface MarkEvent {
  __typename: string;
  seq: number;
  at: string;
  actor: { id: string };
  emoji?: string;
  message: MarkedMessage;
}

// ── threads ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const IN_THREAD = 'id seq content parentId deletedAt cursor clientMessageId thread { replyCount lastReplyAt }';

export const REPLY = `mutation Reply($input: SendMessageInput!) { sendMessage(input: $input) { ${IN_THREAD} createdAt parent { ${IN_THREAD} } } }`;
export const MAIN_LINE = `query MainLine($roomId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  messages(roomId: $roomId, first: $first, after: $after, last: $last, before: $before) {
    nodes { ${IN_THREAD} } streamCursor pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
export const THREAD = `query Thread($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  message(id: $id) { ${IN_THREAD} parent { id }
    thread { replies(first: $first, after: $after, last: $last, before: $before) {
      nodes { ${IN_THREAD} } streamCursor pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } }`;

/** A stream that keeps the count of each thread as it is. */
export const THREAD_EVENTS = `subscription ThreadEvents($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename cursor
    ... on RoomEvent { seq }
    ... on MessageSent { message { ${IN_THREAD} parent { id thread { replyCount lastReplyAt } } } }
    ... on MessageDeleted { message { ${IN_THREAD} parent { id thread { replyCount lastReplyAt } } } }
  } }`;

export interface ThreadedMessage {
  id: string;
  seq: number;
  content: string | null;
  parentId: string | null;
  createdAt: string;
  deletedAt: string | null;
  cursor: string;
  clientMessageId: string | null;
  thread: { replyCount: number; lastReplyAt: string | null; replies: ThreadedPage } | null;
  parent: ThreadedMessage | null;
}

export interface ThreadedPage {
  nodes: ThreadedMessage[];
  streamCursor: string;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
