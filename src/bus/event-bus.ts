// The contract of the bus: facts go out, and may be lost, repeated or reordered on the way. The log is the truth.

const CONFIRM_WITHIN = 500; // ms; nobody waits longer for the bus, a look into the log makes up for it

/** A named stream of facts. Its name carries a version, so that two releases can run side by side. */
export interface Channel<Fact> {
  readonly name: string;
  /** Never set: it lets the compiler know what travels here. */
  readonly fact?: Fact;
}

export interface BusSubscription {
  /** Resolves when the other end has confirmed; stays pending while the bus is away. Never rejects. */
  readonly confirmed: Promise<void>;
  /** No handler is called any more, from this moment on. */
  close(): void;
}

/**
 * Facts are plain JSON; fields named `at` or `until` or ending in `At` are moments and arrive as dates. A subscriber gets a copy of
 * its own and never in the turn of the publisher, on every body alike.
 */
export abstract class EventBus {
  /** Never throws and is never awaited: a fact that could not be told is counted and logged. */
  abstract publish<Fact>(channel: Channel<Fact>, fact: Fact): void;

  abstract subscribe<Fact>(channel: Channel<Fact>, handler: (fact: Fact) => void): BusSubscription;

  /** When all of these stand: everything that is told from now on is heard. At once while the bus is away, and soon anyway. */
  async confirmed(subscriptions: readonly BusSubscription[]): Promise<void> {
    if (!this.up) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CONFIRM_WITHIN);
    });
    await Promise.race([Promise.all(subscriptions.map(({ confirmed }) => confirmed)), late]);
    clearTimeout(timer);
  }

  /** Called each time that all subscriptions stand (again): whatever was told before that may have been missed. */
  abstract onReady(handler: () => void): () => void;

  /** False while facts are known not to arrive. */
  abstract readonly up: boolean;

  /** How many channels this process listens to. */
  abstract readonly channels: number;
}
