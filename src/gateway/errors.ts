// What a caller is told of an error, on both doors: the codes of ErrorCode, and nothing from inside.
import { Injectable } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { Settings } from '../config/config.js';
import { ChatError, ErrorCode } from '../core/errors.js';
import { newId } from '../core/ids.js';
import { log } from '../core/logging.js';

/** Codes that the libraries give to what is the caller's own fault; their sentences are about the document only. */
const LIBRARY_CODES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: ErrorCode.GRAPHQL_PARSE_FAILED,
  GRAPHQL_VALIDATION_FAILED: ErrorCode.GRAPHQL_VALIDATION_FAILED,
  OPERATION_RESOLUTION_FAILURE: ErrorCode.GRAPHQL_VALIDATION_FAILED,
  BAD_USER_INPUT: ErrorCode.BAD_USER_INPUT,
  BAD_REQUEST: ErrorCode.BAD_REQUEST,
};

@Injectable()
export class ErrorFormatter {
  constructor(private readonly settings: Settings) {}

  format(error: unknown): GraphQLFormattedError {
    const located = error instanceof GraphQLError ? error : undefined;
    const place = {
      ...(located?.locations ? { locations: located.locations } : {}),
      ...(located?.path ? { path: located.path } : {}),
    };
    const spoken = spokenIn(error);
    if (spoken) return { message: withoutPrefix(spoken.message), ...place, extensions: spoken.extensions };
    const code = located && libraryCode(located);
    if (code) return { message: this.discreet(located.message), ...place, extensions: { code } };
    const id = newId();
    log.error({ err: causeOf(error), id }, 'Unexpected error');
    return {
      message: 'Something went wrong on our side. The id stands in the log of the server.',
      ...place,
      extensions: { code: ErrorCode.INTERNAL_SERVER_ERROR, id },
    };
  }

  /** Where introspection is off, a message must not tell names of the schema either. */
  private discreet(message: string): string {
    return this.settings.playground ? message : message.replace(/ Did you mean .*\?$/, '');
  }
}

/** Apollo's, before whatever goes wrong while it is found out who asks. */
const withoutPrefix = (message: string): string => message.replace(/^Context creation failed: /, '');

function spokenIn(error: unknown): ChatError | null {
  const cause = causeOf(error);
  return cause instanceof ChatError ? cause : null;
}

/** The error that was thrown, under whatever the executor has wrapped it in. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && !(cause instanceof ChatError) && cause.originalError)
    cause = cause.originalError;
  return cause;
}

function libraryCode(error: GraphQLError): ErrorCode | undefined {
  if (error.originalError && !(error.originalError instanceof GraphQLError))
    return isCoercion(error) ? ErrorCode.BAD_USER_INPUT : undefined;
  const { code } = error.extensions;
  if (typeof code === 'string' && code in LIBRARY_CODES) return LIBRARY_CODES[code];
  return isCoercion(error) ? ErrorCode.BAD_USER_INPUT : undefined;
}

/** A variable or an argument that does not fit its type: the executor finds it, and gives it no code. */
function isCoercion(error: GraphQLError): boolean {
  const kind = error.nodes?.[0]?.kind;
  return error.path === undefined && kind === Kind.VARIABLE_DEFINITION && error.message.startsWith('Variable "$');
}

export const parseFailed = (error: GraphQLError): GraphQLError => withCode(error, ErrorCode.GRAPHQL_PARSE_FAILED);

/** A rule of ours has its own code; every other one is about the schema. */
export const validationFailed = (error: GraphQLError): GraphQLError =>
  error instanceof ChatError ? error : withCode(error, ErrorCode.GRAPHQL_VALIDATION_FAILED);

function withCode(error: GraphQLError, code: ErrorCode): GraphQLError {
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
