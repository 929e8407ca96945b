// The errors that are meant for the caller: one of these codes, a sentence to act on, and what a program needs beside it.
import { registerEnumType } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';

export enum ErrorCode {
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  CONFLICT = 'CONFLICT',
  RATE_LIMITED = 'RATE_LIMITED',
  OPERATION_TOO_COMPLEX = 'OPERATION_TOO_COMPLEX',
  UNAVAILABLE = 'UNAVAILABLE',
  INTERNAL_SERVER_ERROR = 'INTERNAL_SERVER_ERROR',
  BAD_REQUEST = 'BAD_REQUEST',
  GRAPHQL_PARSE_FAILED = 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED = 'GRAPHQL_VALIDATION_FAILED',
}

registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description:
    'What `extensions.code` of an error can be. Details that a program needs stand beside it in `extensions`.',
  valuesMap: {
    UNAUTHENTICATED: { description: 'Nobody is signed in, or the session has ended. Sign in, then ask again.' },
    FORBIDDEN: { description: 'You can see it, but you may not do this.' },
    NOT_FOUND: { description: 'It does not exist, or it is not yours to see: the two are told alike.' },
    BAD_USER_INPUT: {
      description: 'The input is wrong. `field` names the first wrong one, `limit` the bound it broke.',
    },
    CONFLICT: {
      description: 'It does not fit the present state. `currentVersion` tells the version of an edited message.',
    },
    RATE_LIMITED: { description: 'Too often. Ask again after `retryAfterMs`.' },
    OPERATION_TOO_COMPLEX: { description: 'The document is too deep, too wide or too long. `limit` tells the bound.' },
    UNAVAILABLE: {
      description: 'The server cannot do it right now. Safe to retry; a send with the same `clientMessageId`.',
    },
    INTERNAL_SERVER_ERROR: { description: 'Something unexpected. `id` stands in the log of the server.' },
    BAD_REQUEST: { description: 'The request is not a GraphQL request.' },
    GRAPHQL_PARSE_FAILED: { description: 'The document is not GraphQL.' },
    GRAPHQL_VALIDATION_FAILED: { description: 'The document does not fit the schema.' },
  },
});

export interface ErrorDetails {
  /** Path in the input of the first wrong field, such as `content` or `userIds.2`. */
  field?: string;
  /** The bound that was broken, in the unit that the sentence names. */
  limit?: number;
  retryAfterMs?: number;
  currentVersion?: number;
}

/** An error that was written for the caller. Everything that is not one of these is masked at the door. */
export class ChatError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, { extensions: { code, ...details } });
  }
}

export const unauthenticated = (message = 'Sign in first.') => new ChatError(ErrorCode.UNAUTHENTICATED, message);
export const forbidden = (message: string) => new ChatError(ErrorCode.FORBIDDEN, message);
export const notFound = (what: string) =>
  new ChatError(ErrorCode.NOT_FOUND, `There is no such ${what}, or it is not yours to see.`);
export const badInput = (field: string, message: string, limit?: number) =>
  new ChatError(ErrorCode.BAD_USER_INPUT, message, limit === undefined ? { field } : { field, limit });
export const conflict = (message: string, details: ErrorDetails = {}) =>
  new ChatError(ErrorCode.CONFLICT, message, details);
export const rateLimited = (message: string, retryAfterMs: number) =>
  new ChatError(ErrorCode.RATE_LIMITED, message, { retryAfterMs });
export const unavailable = (message = 'The server cannot do this right now. Try again in a moment.') =>
  new ChatError(ErrorCode.UNAVAILABLE, message);
