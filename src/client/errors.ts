// What a refusal looks like to a program: one error class with the server's code and its details.
import type { ErrorCode } from './generated.js';

/** The close codes that mean more than "come back after a pause". */
export const CloseCode = {
  BAD_MESSAGE: 4400,
  SESSION_ENDED: 4401,
  SESSION_EXPIRED: 4403,
  BAD_PROTOCOL: 4406,
  ALREADY_SUBSCRIBED: 4409,
  INITIALISED_TWICE: 4429,
} as const;

interface Details {
  field?: string;
  limit?: number;
  retryAfterMs?: number;
  currentVersion?: number;
  id?: string;
  closeCode?: number;
  clientMessageId?: string;
  cause?: unknown;
}

/** Thrown wherever the server refuses. `UNAVAILABLE` is also what a server that cannot be reached looks like. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ErrorCode;
  /** The argument or input field that was wrong. */
  declare readonly field?: string;
  declare readonly limit?: number;
  /** How long to wait before the same may succeed. */
  declare readonly retryAfterMs?: number;
  /** The version that stands, when `expectedVersion` did not. */
  declare readonly currentVersion?: number;
  /** Names an internal error in the server's log. */
  declare readonly id?: string;
  /** The WebSocket close code, where a socket was closed on us. */
  declare readonly closeCode?: number;
  /** The key of a send that failed: try again with it, and the message cannot be there twice. */
  declare readonly clientMessageId?: string;

  constructor(code: ErrorCode, message: string, { cause, ...details }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, details);
  }

  /** Whatever a transport throws: GraphQL errors, a close event, an error event, a failed fetch. */
  static of(problem: unknown): ParleyError {
    if (problem instanceof ParleyError) return problem;
    const [first] = Array.isArray(problem)
      ? problem
      : isObject(problem) && Array.isArray(problem.errors)
        ? problem.errors
        : [];
    if (isObject(first)) return ParleyError.#ofGraphQL(first);
    const closeCode = closeCodeOf(problem);
    if (closeCode !== undefined) return ParleyError.#ofClose(closeCode, problem);
    return new ParleyError('UNAVAILABLE', 'The server could not be reached.', { cause: problem });
  }

  /** The same refusal, with the key of the message that it was about. */
  withKey(clientMessageId: string): ParleyError {
    return Object.assign(this, { clientMessageId });
  }

  static #ofGraphQL({ message, extensions }: Record<string, unknown>): ParleyError {
    const { code, field, limit, retryAfterMs, currentVersion, id } = (
      isObject(extensions) ? extensions : {}
    ) as Details & {
      code?: ErrorCode;
    };
    const told = Object.entries({ field, limit, retryAfterMs, currentVersion, id }).filter(
      ([, value]) => value != null,
    );
    return new ParleyError(code ?? 'INTERNAL_SERVER_ERROR', String(message), Object.fromEntries(told));
  }

  static #ofClose(closeCode: number, cause: unknown): ParleyError {
    const reason = isObject(cause) && typeof cause.reason === 'string' ? cause.reason : '';
    const because = (fallback: string) => reason || fallback;
    switch (closeCode) {
      case CloseCode.SESSION_ENDED:
        return new ParleyError('UNAUTHENTICATED', because('The session has ended. Sign in again.'), {
          closeCode,
          cause,
        });
      case CloseCode.SESSION_EXPIRED:
        return new ParleyError('UNAUTHENTICATED', because('The session has expired. Sign in again.'), {
          closeCode,
          cause,
        });
      case CloseCode.BAD_MESSAGE:
      case CloseCode.BAD_PROTOCOL:
      case CloseCode.ALREADY_SUBSCRIBED:
      case CloseCode.INITIALISED_TWICE:
        return new ParleyError('BAD_REQUEST', because(`The socket was closed with ${closeCode}.`), {
          closeCode,
          cause,
        });
      default:
        return new ParleyError('UNAVAILABLE', because(`The socket was closed with ${closeCode}.`), {
          closeCode,
          cause,
        });
    }
  }
}

/** The code of a close event, or of Apollo's "Socket closed with event 4401 …", which keeps it in the sentence alone. */
export function closeCodeOf(problem: unknown): number | undefined {
  if (!isObject(problem)) return undefined;
  if (typeof problem.code === 'number') return problem.code;
  const told = typeof problem.message === 'string' && /^Socket closed with event (\d{4})\b/.exec(problem.message);
  return told ? Number(told[1]) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
