// How fast one person may speak in one room: a bucket of tokens each, kept as the moment at which it would be full again.
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Settings } from '../config/config.js';
import { rateLimited } from '../core/errors.js';
import type { Viewer } from '../core/viewer.js';

const REMEMBERED = 50_000; // people in rooms; who is forgotten under such a crowd has a full bucket again

/** Per process: a load balancer that spreads one person over three lets them speak three times as fast. */
@Injectable()
export class SendRate {
  private readonly fullAt = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(private readonly settings: Settings) {}

  /** Takes one token, or refuses and says when there is one. */
  take(viewer: Viewer, roomId: string, now = performance.now()): void {
    const { sendRate, sendBurst } = this.settings;
    if (sendRate === 0) return;
    const perToken = 1_000 / sendRate; // ms
    const key = `${viewer.userId} ${roomId}`;
    const fullAt = Math.max(now, this.fullAt.get(key) ?? now);
    const wait = fullAt - now - (sendBurst - 1) * perToken;
    if (wait > 0) throw rateLimited('You are speaking too fast in this room.', Math.ceil(wait));
    this.fullAt.set(key, fullAt + perToken);
  }
}
