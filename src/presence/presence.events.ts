// What processes tell each other when people come and go.
import type { Channel } from '../bus/event-bus.js';

export interface PresenceChanged {
  readonly came: readonly string[];
  readonly left: readonly string[];
  readonly at: Date;
}

/** Listened to only while somebody on this process watches a room. */
export const presenceChannel: Channel<PresenceChanged> = { name: 'chat:v1:presence' };
