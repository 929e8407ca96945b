// Who listens to which channel in this process: what the two bodies of the bus have in common.
import { fromJson } from '../core/json.js';
import { log, Rationed } from '../core/logging.js';

type Handler = (fact: never) => void;

export class Handlers {
  private readonly byChannel = new Map<string, Set<Handler>>();
  private readonly rationed = new Rationed();

  /** True when it is the first one on its channel. */
  add(channel: string, handler: Handler): boolean {
    const existing = this.byChannel.get(channel);
    if (existing) {
      existing.add(handler);
      return false;
    }
    this.byChannel.set(channel, new Set([handler]));
    return true;
  }

  /** True when it was the last one on its channel. */
  remove(channel: string, handler: Handler): boolean {
    const handlers = this.byChannel.get(channel);
    if (!handlers?.delete(handler) || handlers.size > 0) return false;
    return this.byChannel.delete(channel);
  }

  has(channel: string): boolean {
    return this.byChannel.has(channel);
  }

  get channels(): string[] {
    return [...this.byChannel.keys()];
  }

  get size(): number {
    return this.byChannel.size;
  }

  /** Hands over what arrived. Rubbish is dropped with a line in the log; a handler that throws harms no other. */
  deliver(channel: string, text: string): void {
    for (const handler of [...(this.byChannel.get(channel) ?? [])]) {
      try {
        handler(fromJson(text) as never);
      } catch (error) {
        this.rationed.line('dropped', (heldBack) =>
          log.warn({ err: error, channel, heldBack }, 'Dropped a fact from the bus'),
        );
      }
    }
  }
}
