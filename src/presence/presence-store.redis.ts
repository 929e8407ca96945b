// The board of many processes: for each person a small sorted set of the processes that hold them, each until a moment by
// the clock of Redis. Nothing of it needs to be kept: after a restart of Redis the next beat writes it anew.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { openPublisher } from '../bus/redis.js';
import { log, Rationed } from '../core/logging.js';
import { PresenceStore } from './presence-store.js';

const AT_ONCE = 500; // people in one script: Redis does nothing else for so long, well under a millisecond

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local found = {}
`;

const HERE = `${NOW}
for i, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  if redis.call('ZCARD', key) == 0 then found[#found + 1] = i end
  redis.call('ZADD', key, now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', key, ARGV[2])
end
return found`;

const GONE = `${NOW}
for i, key in ipairs(KEYS) do
  redis.call('ZREM', key, ARGV[1])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
  if redis.call('ZCARD', key) == 0 then found[#found + 1] = i end
end
return found`;

const ONLINE = `${NOW}
for i, key in ipairs(KEYS) do
  if redis.call('ZCOUNT', key, '(' .. now, '+inf') > 0 then found[#found + 1] = i end
end
return found`;

/** The braces are literal: one slot of a cluster, for the scripts take many keys. */
const keyOf = (userId: string): string => `parley:{presence}:${userId}`;

export class RedisPresenceStore extends PresenceStore {
  private readonly redis: Redis;
  private readonly processId = randomUUID();
  private readonly rationed = new Rationed();

  constructor(
    url: string,
    private readonly ttl: number,
  ) {
    super();
    this.redis = openPublisher(url);
    this.redis.on('error', (error) =>
      this.rationed.line('redis', (heldBack) => log.warn({ err: error, heldBack }, 'Redis: presence failed')),
    );
  }

  here(userIds: readonly string[]): Promise<string[]> {
    return this.run(HERE, userIds);
  }

  gone(userIds: readonly string[]): Promise<string[]> {
    return this.run(GONE, userIds);
  }

  async online(userIds: readonly string[]): Promise<Set<string>> {
    return new Set(await this.run(ONLINE, userIds));
  }

  close(): void {
    this.redis.disconnect();
  }

  /** Those of these people whom the script has found. */
  private async run(script: string, userIds: readonly string[]): Promise<string[]> {
    const ids = [...new Set(userIds)];
    const found: string[] = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const some = ids.slice(at, at + AT_ONCE);
      const places = (await this.redis.eval(
        script,
        some.length,
        ...some.map(keyOf),
        this.processId,
        this.ttl,
      )) as number[];
      found.push(...places.flatMap((place) => some[place - 1] ?? []));
    }
    return found;
  }
}
