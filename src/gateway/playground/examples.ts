// What the playground opens with: one tab for each step from signing in to hearing a room.

export interface Example {
  readonly query: string;
  /** What the tab's variables begin with, in JSON. */
  readonly variables?: string;
}

/** No id: refused with a sentence that names the field, until somebody pastes a real one. */
const PASTE_HERE = 'paste the id of a room here';

const json = (variables: object): string => JSON.stringify(variables, null, 2);

const SIGN_IN = `# 1. Sign in: press the play button, or Ctrl-Enter in here.
#
# The answer sets a cookie, and every other tab is Ada from then on. Bob and Cleo have the same password.
# These three live in the embedded database only; elsewhere make somebody first, with the mutation "signUp".

mutation SignIn {
  signIn(input: { username: "ada", password: "parley-demo" }) {
    user {
      displayName
    }
  }
}
`;

const MY_ROOMS = `# 2. Which rooms am I in? Copy the "id" of one: the next tabs want it in their variables, below the query.

query MyRooms {
  viewer {
    rooms(first: 20) {
      nodes {
        id
        name
        kind
        lastMessage {
          content
          author {
            displayName
          }
        }
      }
    }
  }
}
`;

const LISTEN = `# 3. Listen to a room: paste its "id" from the tab MyRooms into the variables below, and press play.
#
# StreamReady comes first: from here on nothing is missed. Then send something from the tab SendMessage, from another
# window, or from the chat page at /. The answer shows what came last; the button stops the stream.
# To hear what you missed as well, give the last "cursor" to "after".

subscription Listen($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename
    cursor
    ... on StreamReady {
      start
      replayed
    }
    ... on RoomEvent {
      seq
      at
      actor {
        displayName
      }
    }
    ... on MessageSent {
      message {
        ...Shown
      }
    }
    ... on MessageEdited {
      message {
        ...Shown
      }
    }
    ... on MessageDeleted {
      message {
        id
        deletedAt
      }
    }
    ... on StreamEnded {
      reason
      retryAfterMs
    }
  }
}

fragment Shown on Message {
  id
  content
  version
  author {
    displayName
  }
}
`;

const SEND_MESSAGE = `# 4. Send a message: paste the "id" of a room from the tab MyRooms into the variables below, and press play.
#
# "clientMessageId" is a key of your own. Press play twice: it is sent once, and the same message answers.
# For another message take another key, or leave the key out.

mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    id
    seq
    content
    clientMessageId
  }
}
`;

const HISTORY = `# 5. Read back: paste the "id" of a room from the tab MyRooms into the variables below, and press play.
#
# The newest come last. To read further back, give "startCursor" to "before".
# To hear everything that follows this page, give "streamCursor" to "after" in the tab Listen.

query History($roomId: ID!, $before: String) {
  messages(roomId: $roomId, last: 20, before: $before) {
    nodes {
      seq
      createdAt
      author {
        displayName
      }
      content
    }
    pageInfo {
      hasPreviousPage
      startCursor
    }
    streamCursor
  }
}
`;

export const EXAMPLES: readonly Example[] = [
  { query: SIGN_IN },
  { query: MY_ROOMS },
  { query: LISTEN, variables: json({ roomId: PASTE_HERE, after: null }) },
  {
    query: SEND_MESSAGE,
    variables: json({ input: { roomId: PASTE_HERE, content: 'Hello from the playground', clientMessageId: 'hello-1' } }),
  },
  { query: HISTORY, variables: json({ roomId: PASTE_HERE, before: null }) },
];
