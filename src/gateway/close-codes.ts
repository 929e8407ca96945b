// Why a socket closes, and what the client is to make of it. Never 1000 (clients come back at once, without a pause),
// 1008 or 1011 (clients never come back).

export interface Closing {
  readonly code: number;
  /** Told in the close frame: at most 123 bytes, nothing internal. */
  readonly reason: string;
}

export const CLOSING = {
  /** Come back after a pause. */
  draining: { code: 1001, reason: 'The server stops. Come back after a pause.' },
  tooBig: { code: 1009, reason: 'The message is too big.' },
  tooManySockets: { code: 1013, reason: 'Too many sockets. Come back after a pause.' },
  tooManyMessages: { code: 1013, reason: 'Too many messages. Come back after a pause.' },
  unavailable: { code: 1013, reason: 'The server cannot do this right now. Come back after a pause.' },
  slow: { code: 4508, reason: 'You did not keep up. Come back after a pause, and resume.' },
  /** Sign in, then come back. */
  sessionExpired: { code: 4403, reason: 'The session has expired. Sign in and come back.' },
  /** Do not come back with this cookie or token. */
  signedOut: {
    code: 4401,
    reason: 'Sign in first: there is no valid session in the cookie, nor was a valid token shown.',
  },
  sessionEnded: { code: 4401, reason: 'The session has ended.' },
  /** A fault of the client's. */
  badMessage: { code: 4400, reason: 'That is not a message of graphql-transport-ws.' },
} as const satisfies Record<string, Closing>;
