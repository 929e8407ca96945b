// What a token stands for: known to us only by its hash, remembered for one second, overruled by what has ended since.
import { hash, randomBytes } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type BusSubscription, EventBus } from '../bus/event-bus.js';
import type { Viewer } from '../core/viewer.js';
import { sessionsChannel } from './session.model.js';

const TOKEN_BYTES = 32; // 256 bits: nobody guesses one, so that tries need not be counted
const CACHE_FOR = 1_000; // ms; how long another process may go on believing in what has ended
const CACHE_SIZE = 20_000; // tokens
const REMEMBER_ENDED = 10_000; // ms; longer than any look-up that began before the end can take

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
export const hashOf = (token: string): Buffer => hash('sha256', token, 'buffer');

@Injectable()
export class Tokens implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache = new LRUCache<string, Promise<Viewer | null>>({ max: CACHE_SIZE, ttl: CACHE_FOR });
  private readonly ended = new LRUCache<string, true>({ max: CACHE_SIZE, ttl: REMEMBER_ENDED });
  private hearing: BusSubscription | undefined;

  constructor(private readonly bus: EventBus) {}

  onApplicationBootstrap(): void {
    this.hearing = this.bus.subscribe(sessionsChannel, ({ sessionIds }) => this.forget(sessionIds));
  }

  onApplicationShutdown(): void {
    this.hearing?.close();
  }

  /** Who asks with this token, by `read` or from memory; null when it is unknown, ended or expired. */
  async lookUp(token: string, read: (hash: Buffer) => Promise<Viewer | null>): Promise<Viewer | null> {
    const key = hash('sha256', token, 'base64url');
    let looking = this.cache.get(key);
    if (!looking) {
      looking = read(hashOf(token));
      this.cache.set(key, looking);
      looking.catch(() => this.cache.delete(key)); // a failure is not an answer to remember
    }
    const viewer = await looking;
    if (!viewer || this.ended.has(viewer.sessionId) || viewer.expiresAt.getTime() <= Date.now()) return null;
    return viewer;
  }

  /** These sessions or keys are gone from the database: forget them here, then everywhere. */
  end(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.forget(ids);
    this.bus.publish(sessionsChannel, { sessionIds: [...ids] });
  }

  private forget(ids: readonly string[]): void {
    // The cache goes by token, not by id; what is remembered here overrules it until it has run out.
    for (const id of ids) this.ended.set(id, true);
  }
}
