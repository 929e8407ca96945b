// The bus inside one process: as strict as the other body, so that nothing works here that fails there.
import { toJson } from '../core/json.js';
import { type BusSubscription, type Channel, EventBus } from './event-bus.js';
import { Handlers } from './handlers.js';

export class MemoryEventBus extends EventBus {
  readonly up = true;
  private readonly handlers = new Handlers();

  publish<Fact>(channel: Channel<Fact>, fact: Fact): void {
    if (!this.handlers.has(channel.name)) return;
    const text = toJson(fact);
    setImmediate(() => this.handlers.deliver(channel.name, text));
  }

  subscribe<Fact>(channel: Channel<Fact>, handler: (fact: Fact) => void): BusSubscription {
    const own = (fact: Fact) => handler(fact);
    this.handlers.add(channel.name, own);
    return { confirmed: Promise.resolve(), close: () => void this.handlers.remove(channel.name, own) };
  }

  onReady(): () => void {
    return () => {}; // it never goes away, so it never comes back
  }

  get channels(): number {
    return this.handlers.size;
  }
}
