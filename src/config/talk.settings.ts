// Settings of what people do once they are in: how much, how fast, and over how many sockets.
import { setting } from './definition.js';
import { duration, flag, searchConfiguration, UNITS, whole } from './kinds.js';

export const talkSettings = {
  sendRate: setting(
    'PARLEY_SEND_RATE',
    whole(0, 1_000_000),
    10,
    'messages, edits and reactions a second by one person in one room, per process; 0 sets no limit',
  ),
  sendBurst: setting(
    'PARLEY_SEND_BURST',
    whole(1, 1_000_000),
    20,
    'how many of them may come at once after a silence: what was written on a train',
  ),

  searchConfiguration: setting(
    'PARLEY_SEARCH_CONFIGURATION',
    searchConfiguration,
    'simple',
    'text search configuration of PostgreSQL; "simple" takes words as they are, in every language',
  ),

  maxFrame: setting(
    'PARLEY_MAX_FRAME',
    whole(1_024, 16_777_216),
    128 * 1_024,
    'bytes of a body or a frame; any legal message fits, however it is escaped',
  ),
  maxLiveOperations: setting(
    'PARLEY_MAX_LIVE_OPERATIONS',
    whole(1, 10_000),
    50,
    'operations alive on one socket; a chat page needs 3, more is a bug or an attack',
  ),
  maxSocketsPerSession: setting('PARLEY_MAX_SOCKETS_PER_SESSION', whole(1, 100_000), 20, 'a person with twenty tabs'),
  maxSocketsPerAddress: setting(
    'PARLEY_MAX_SOCKETS_PER_ADDRESS',
    whole(1, 1_000_000),
    1_000,
    'an office behind one address',
  ),
  maxSocketMessages: setting(
    'PARLEY_MAX_SOCKET_MESSAGES',
    whole(1, 1_000_000),
    100,
    'messages a second from one socket, with bursts of ten times that',
  ),
  initTimeout: setting(
    'PARLEY_INIT_TIMEOUT',
    duration,
    3 * UNITS.s,
    'from the handshake to connection_init, and again to its answer',
  ),
  keepAlive: setting(
    'PARLEY_KEEP_ALIVE',
    duration,
    25 * UNITS.s,
    'a ping to each socket; two without a pong and it is gone. Proxies cut at 30 to 60 s of silence',
  ),
  slowAfter: setting(
    'PARLEY_SLOW_AFTER',
    duration,
    15 * UNITS.s,
    'a reader whose socket takes nothing for so long, or who is far behind and comes no closer, is sent away',
  ),
  feedTick: setting(
    'PARLEY_FEED_TICK',
    duration,
    1_500 * UNITS.ms,
    'how often the log is asked for what the bus did not tell',
  ),
  sharedExecution: setting(
    'PARLEY_SHARED_EXECUTION',
    flag,
    true,
    'subscriptions of a room that ask the same are executed and encoded once for all; off, once for each',
  ),
  presenceTtl: setting(
    'PARLEY_PRESENCE_TTL',
    duration,
    20 * UNITS.s,
    'a process that was killed leaves its people online for so long; three beats of each process in that time',
  ),
  drain: setting('PARLEY_DRAIN', duration, 5 * UNITS.s, 'closes of sockets are spread over this window at shutdown'),
};
