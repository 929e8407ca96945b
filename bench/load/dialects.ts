// How one speaks to each peer: where its socket is, what a listener says until it listens, and how a message is published.
export type DialectName = 'graphql' | 'parley' | 'plain' | 'socket.io';

/** Said in turn. With `until`, the next one waits for a message that begins with it. */
export interface Line {
  readonly say?: string;
  readonly until?: string;
}

export interface Dialect {
  readonly protocol: string | null;
  socketPath(room: string): string;
  script(room: string): readonly Line[];
  /** Small messages that want an answer, or the peer hangs up. */
  readonly answers: Readonly<Record<string, string>>;
  /** An HTTP request that makes the peer send `content` to everyone in the room. */
  publish(room: string, content: string): { path: string; body: string };
}

/** What every GraphQL peer is asked for, and what the others send whole: about 400 bytes a frame with the content. */
const MESSAGE = '{ id seq author { id username displayName } content createdAt }';

const graphqlRequest = (query: string, variables: object) => ({
  path: '/graphql',
  body: JSON.stringify({ query, variables }),
});

const graphql: Dialect = {
  protocol: 'graphql-transport-ws',
  socketPath: () => '/graphql',
  script: (roomId) => [
    { say: '{"type":"connection_init"}', until: '{"type":"connection_ack"' },
    {
      say: JSON.stringify({
        id: '1',
        type: 'subscribe',
        payload: {
          query: `subscription Listen($roomId: ID!) { messageSent(roomId: $roomId) ${MESSAGE} }`,
          variables: { roomId },
        },
      }),
    },
  ],
  answers: { '{"type":"ping"}': '{"type":"pong"}' },
  publish: (roomId, content) =>
    graphqlRequest(
      'mutation Publish($roomId: ID!, $content: String!) { publish(roomId: $roomId, content: $content) { id } }',
      { roomId, content },
    ),
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  graphql,

  /** Ours has no way to publish that does not keep what is said. */
  parley: { ...graphql, publish: (roomId, content) => sendMessage.parley(roomId, content) },

  plain: {
    protocol: null,
    socketPath: (room) => `/${room}`,
    script: () => [],
    answers: {},
    publish: (room, content) => ({ path: `/${room}`, body: content }),
  },

  'socket.io': {
    protocol: null,
    socketPath: () => '/socket.io/?EIO=4&transport=websocket',
    script: (room) => [{ until: '0{' }, { say: '40', until: '40' }, { say: `420["join","${room}"]`, until: '430' }],
    answers: { '2': '3' },
    publish: (room, content) => ({ path: `/${room}`, body: content }),
  },
};

/** A message that is kept, with its answer. */
export const sendMessage = {
  parley: (roomId: string, content: string) =>
    graphqlRequest('mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { id seq createdAt } }', {
      input: { roomId, content },
    }),
  stock: (roomId: string, content: string) =>
    graphqlRequest(
      'mutation Send($roomId: ID!, $content: String!) { sendMessage(roomId: $roomId, content: $content) { id seq createdAt } }',
      { roomId, content },
    ),
};

export const HISTORY_PAGE = 50;

/** The newest page of a room, with authors. */
export const readHistory = {
  parley: (roomId: string) =>
    graphqlRequest(
      `query History($roomId: ID!) { messages(roomId: $roomId, last: ${HISTORY_PAGE}) { nodes ${MESSAGE} } }`,
      { roomId },
    ),
  populated: (roomId: string) =>
    graphqlRequest(`query History($roomId: ID!) { messages(roomId: $roomId, last: ${HISTORY_PAGE}) ${MESSAGE} }`, {
      roomId,
    }),
  loaded: (roomId: string) =>
    graphqlRequest(
      `query History($roomId: ID!) { loadedMessages(roomId: $roomId, last: ${HISTORY_PAGE}) ${MESSAGE} }`,
      {
        roomId,
      },
    ),
};
