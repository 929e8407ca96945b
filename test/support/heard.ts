// What a listener has heard: items in the order they came, the end, and silence.
import { within } from './wait.js';

export class Heard<Item> {
  /** The first item of a room's stream, once it has come. */
  ready!: Item;
  stop: () => void = () => {};
  private readonly items: Item[] = [];
  private end: 'complete' | Error | null = null;
  private wake: () => void = () => {};

  constructor(private readonly fence: () => Promise<unknown>) {}

  push(item: Item): void {
    this.items.push(item);
    this.wake();
  }

  fail(error: Error): void {
    this.end ??= error;
    this.wake();
  }

  complete(): void {
    this.end ??= 'complete';
    this.wake();
  }

  /** The next item; throws what the stream ended with, when it did. */
  async next(): Promise<Item> {
    return within('the next item', this.take());
  }

  async take(): Promise<Item> {
    for (;;) {
      const [item] = this.items.splice(0, 1);
      if (item !== undefined) return item;
      if (this.end instanceof Error) throw this.end;
      if (this.end) throw new Error('The stream was completed');
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  async nextOnes(count: number): Promise<Item[]> {
    const items: Item[] = [];
    while (items.length < count) items.push(await this.next());
    return items;
  }

  /** `complete`, or the error that it ended with. Items that nobody took are a surprise. */
  async ended(): Promise<'complete' | Error> {
    await within(
      'the end of the stream',
      (async () => {
        while (this.end === null) {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
        }
      })(),
    );
    if (this.items.length > 0) throw new Error(`Heard something more: ${JSON.stringify(this.items)}`);
    return this.end as 'complete' | Error;
  }

  /** Nothing more has come, up to an answer on the same socket. */
  async isSilent(): Promise<void> {
    await this.fence();
    if (this.items.length > 0) throw new Error(`Expected silence, but heard ${JSON.stringify(this.items)}`);
    if (this.end) throw new Error(`Expected silence, but the stream has ended: ${this.end}`);
  }
}
