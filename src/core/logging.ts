// Structured logs: one JSON object a line, pretty on a terminal. Also the voice of the framework.
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Of an error: what it is, where it arose, and its cause. Nothing else that hangs on it: drivers hang on the values of
 * their statement, which are what people wrote.
 */
export function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message,
    stack,
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause === undefined ? {} : { cause: errorForLog(cause) }),
  };
}

const UNREAD_MAX = 8_388_608; // bytes; what is logged while nobody reads the log is dropped above that
const LAST_WORD = 500; // ms for the last lines to be read

/** Never waits for whoever reads it. On a terminal a thread of its own makes it pretty. */
const destination = process.stdout.isTTY ? null : pino.destination({ fd: 1, sync: false, maxLength: UNREAD_MAX });
const pretty = (): DestinationStream =>
  pino.transport({ target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' } });

/** The one log of the process. Never given a token, a cookie, a password or the text of a message. */
export const log: Logger = pino(
  {
    level: 'info', // main sets what the settings say
    base: { pid: process.pid },
    serializers: { err: errorForLog },
  },
  destination ?? pretty(),
);

/**
 * Says the last word of a process, and waits until it is written; not for a reader who has gone, or who takes nothing any
 * more. Without it the library writes what is left at the exit, and tries for ever when that fails. For the same reason
 * nothing here is logged as fatal.
 */
export async function logAtLast(say: () => void): Promise<void> {
  if (destination === null) return say();
  let timer: NodeJS.Timeout | undefined;
  const written = new Promise<void>((resolve) => {
    destination.once('drain', resolve);
    destination.once('error', () => resolve());
    timer = setTimeout(resolve, LAST_WORD);
  });
  say();
  if (log.level !== 'silent') await written;
  clearTimeout(timer);
  log.level = 'silent';
  destination.destroy();
}

/** Lets through one line per key and interval, and says how many it held back: a stranger cannot fill the disk. */
export class Rationed {
  private readonly held = new Map<string, { until: number; count: number }>();

  constructor(private readonly intervalMs = 10_000) {}

  line(key: string, write: (heldBack: number) => void): void {
    const now = performance.now();
    const entry = this.held.get(key);
    if (entry && now < entry.until) {
      entry.count += 1;
      return;
    }
    this.held.set(key, { until: now + this.intervalMs, count: 0 });
    write(entry?.count ?? 0);
  }
}

/** Nest speaks through the same log; its chatter at start is for debugging. */
export class NestLog implements LoggerService {
  log(message: unknown, context?: string): void {
    log.debug({ context }, String(message));
  }
  warn(message: unknown, context?: string): void {
    log.warn({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    // Why it could not open is told by whoever tried.
    if (context === 'ExceptionHandler') log.debug({ context, stack }, String(message));
    else log.error({ context, stack }, String(message));
  }
  debug(message: unknown, context?: string): void {
    log.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    log.trace({ context }, String(message));
  }
}
