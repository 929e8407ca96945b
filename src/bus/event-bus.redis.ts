// The bus between processes, on graphql-redis-subscriptions with our own two connections. It survives Redis being away:
// no promise of the library is left alone, and what is subscribed is kept here and re-applied whenever Redis is back.
import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';
import { toJson } from '../core/json.js';
import { log, Rationed } from '../core/logging.js';
import { type BusSubscription, type Channel, EventBus } from './event-bus.js';
import { Handlers } from './handlers.js';
import { openPublisher, openSubscriber } from './redis.js';
import type { Seal } from './seal.js';

const PING_INTERVAL = 1_000; // ms; what makes a frozen path noticeable at all
const RESUBSCRIBE_BATCH = 1_000; // channels in one SUBSCRIBE

/** For who counts what goes wrong. */
export interface BusTroubles {
  onLost?(): void;
  onForged?(): void;
}

export class RedisEventBus extends EventBus {
  private readonly handlers = new Handlers();
  /** Per channel: the library's subscription, once Redis has confirmed it. */
  private readonly listening = new Map<string, Promise<number>>();
  private readonly readyHandlers = new Set<() => void>();
  private readonly rationed = new Rationed();
  private readonly subscriber: Redis;
  private readonly publisher: Redis;
  private readonly pubSub: RedisPubSub;
  private readonly pinging: NodeJS.Timeout;
  private standing = false;
  private closed = false;

  constructor(
    url: string,
    private readonly seal: Seal,
    private readonly troubles: BusTroubles = {},
  ) {
    super();
    this.subscriber = openSubscriber(url);
    this.publisher = openPublisher(url);
    for (const [role, client] of [
      ['subscriber', this.subscriber],
      ['publisher', this.publisher],
    ] as const) {
      client.on('error', (error) => this.complain(role, error));
    }
    tame(this.subscriber, (error) => this.complain('subscribe', error));
    this.subscriber.on('ready', () => void this.reapply());
    this.subscriber.on('close', () => {
      this.standing = false;
    });
    this.pubSub = new RedisPubSub({
      subscriber: this.subscriber,
      publisher: this.publisher,
      serializer: (text: string) => text,
      deserializer: (bytes: Buffer | string) => bytes.toString(),
    });
    this.pinging = setInterval(() => {
      if (this.subscriber.status === 'ready') this.subscriber.ping().catch(() => {}); // 'close' tells what follows
    }, PING_INTERVAL);
  }

  get up(): boolean {
    return this.standing && this.publisher.status === 'ready';
  }

  get channels(): number {
    return this.handlers.size;
  }

  publish<Fact>(channel: Channel<Fact>, fact: Fact): void {
    this.pubSub.publish(channel.name, this.seal.put(channel.name, toJson(fact))).catch((error: Error) => {
      this.troubles.onLost?.();
      this.complain('publish', error);
    });
  }

  subscribe<Fact>(channel: Channel<Fact>, handler: (fact: Fact) => void): BusSubscription {
    const { name } = channel;
    const own = (fact: Fact) => handler(fact);
    this.handlers.add(name, own);
    const confirmed = this.listen(name).then(
      () => {},
      () => new Promise<never>(() => {}), // only a closing bus refuses, and then nobody is waiting any more
    );
    return {
      confirmed,
      close: () => {
        if (this.handlers.remove(name, own)) this.unlisten(name);
      },
    };
  }

  onReady(handler: () => void): () => void {
    this.readyHandlers.add(handler);
    return () => this.readyHandlers.delete(handler);
  }

  close(): void {
    this.closed = true;
    clearInterval(this.pinging);
    this.readyHandlers.clear();
    this.subscriber.disconnect();
    this.publisher.disconnect();
  }

  private listen(name: string): Promise<number> {
    const existing = this.listening.get(name);
    if (existing) return existing;
    const subscription = this.pubSub.subscribe(name, (sealed: string) => this.arrived(name, sealed));
    subscription.catch(() => this.listening.delete(name));
    this.listening.set(name, subscription);
    return subscription;
  }

  private arrived(name: string, sealed: string): void {
    const text = this.seal.open(name, sealed);
    if (text !== null) {
      this.handlers.deliver(name, text);
      return;
    }
    this.troubles.onForged?.();
    this.rationed.line('forged', (heldBack) =>
      log.warn({ channel: name, heldBack }, 'Dropped a fact that none of our processes told the bus'),
    );
  }

  /** Only after Redis has confirmed: the library forgets an `unsubscribe` that overtakes its `subscribe`. */
  private unlisten(name: string): void {
    const subscription = this.listening.get(name);
    subscription?.then(
      (id) => {
        if (this.handlers.has(name) || this.listening.get(name) !== subscription || this.closed) return;
        this.listening.delete(name);
        this.pubSub.unsubscribe(id);
      },
      () => {}, // it never stood
    );
  }

  /** Redis is back and knows nothing of us: subscribe to everything, and only then say that we hear again. */
  private async reapply(): Promise<void> {
    try {
      const names = this.handlers.channels;
      for (let at = 0; at < names.length; at += RESUBSCRIBE_BATCH) {
        await this.subscriber.subscribe(...names.slice(at, at + RESUBSCRIBE_BATCH));
      }
      if (this.closed || this.subscriber.status !== 'ready') return;
      this.standing = true;
      for (const handler of [...this.readyHandlers]) handler();
    } catch (error) {
      this.complain('subscriber', error); // gone again: the next 'ready' tries again
    }
  }

  private complain(what: string, error: unknown): void {
    if (this.closed) return;
    this.rationed.line(what, (heldBack) => log.warn({ err: error, heldBack }, `Redis: ${what} failed`));
  }
}

/**
 * The library unsubscribes without waiting, and makes a promise of each `subscribe` that nobody but itself can catch: a
 * rejection of either would end the process. Refusals are told here instead; what was refused is tried again at 'ready'.
 */
function tame(subscriber: Redis, onRefused: (error: unknown) => void): void {
  const subscribe = subscriber.subscribe.bind(subscriber) as (...channels: string[]) => Promise<unknown>;
  subscriber.subscribe = ((...given: unknown[]) => {
    const confirm = given.at(-1);
    if (typeof confirm !== 'function') return subscribe(...(given as string[]));
    const done = subscribe(...(given.slice(0, -1) as string[]));
    done.then(() => confirm(null), onRefused);
    return done;
  }) as typeof subscriber.subscribe;
  for (const name of ['unsubscribe', 'punsubscribe'] as const) {
    const leave = subscriber[name].bind(subscriber) as (...channels: string[]) => Promise<unknown>;
    subscriber[name] = ((...channels: string[]) => {
      const done = leave(...channels);
      done.catch(() => {}); // the connection is gone, and the subscription with it
      return done;
    }) as typeof subscriber.unsubscribe;
  }
}
