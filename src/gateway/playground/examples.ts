// What the playground opens with: one tab for each step from signing in to hearing a room.

export interface Example {
  readonly query: string;
  /** What the tab's variables begin with, in JSON. */
  readonly variables?: string;
}

/** Refused until a real id stands here; one word, so that a double click selects it. */
const ROOM_ID = 'PASTE_THE_ID_OF_A_ROOM';

const json = (variables: object): string => JSON.stringify(variables, null, 2);

// The comments are as wide as the editor is on a small screen.

const SIGN_IN = `# 1. Sign in: the play button, or Ctrl-Enter.
#
# The answer sets a cookie, and from then on every
# tab is Ada. Bob and Cleo have the same password.
# They live in the embedded database alone: on
# another, make somebody first, with "signUp".

mutation SignIn {
  signIn(input: { username: "ada", password: "parley-demo" }) {
    user {
      displayName
    }
  }
}
`;

const MY_ROOMS = `# 2. Which rooms am I in?
#
# Copy the "id" of one. The next tabs want it in
# their variables, below the query.

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

const LISTEN = `# 3. Listen to a room: paste its "id", from the
# tab MyRooms, into the variables below, and play.
#
# StreamReady comes first: from here on nothing is
# missed. Now write something in the chat page, in
# another window: it is heard here, newest first.
# Leaving this tab stops the stream.
#
# To hear what was said meanwhile, give "after" the
# last "cursor" and play again.

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

const SEND_MESSAGE = `# 4. Send a message: paste the "id" of a room, from
# the tab MyRooms, into the variables, and play.
#
# "clientMessageId" is a key of your own. Play twice:
# it is sent once, and the same message answers. For
# another message take another key, or none.

mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    id
    seq
    content
    clientMessageId
  }
}
`;

const HISTORY = `# 5. Read back: paste the "id" of a room, from the
# tab MyRooms, into the variables, and play.
#
# The newest stand last. For what was before, give
# "startCursor" to "before". For all that follows,
# give "streamCursor" to "after" in the tab Listen.

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
  { query: LISTEN, variables: json({ roomId: ROOM_ID, after: null }) },
  {
    query: SEND_MESSAGE,
    variables: json({ input: { roomId: ROOM_ID, content: 'Hello from the playground', clientMessageId: 'hello-1' } }),
  },
  { query: HISTORY, variables: json({ roomId: ROOM_ID, before: null }) },
];
