// How often something may be done, in every stretch of time of that length: counted by key, over all processes.
import { createHmac } from 'node:crypto';

export interface Counter {
  /** What is counted. The same name and key count together wherever they are asked for. */
  readonly name: string;
  /** By whom or what. */
  readonly key: string;
  /** At most so many, at least one … */
  readonly uses: number;
  /** … in any stretch of so many whole ms. */
  readonly window: number;
}

/**
 * Keys of one name are counted at so many places: what strangers make us remember is bounded by construction. Two keys that
 * meet at one place are counted as one, which is never too little.
 */
export const PLACES = 2 ** 17;

export abstract class Throttle {
  /** With the key of all processes: nobody else can say what is counted where, or what names two keys would meet by. */
  constructor(private readonly secret: Buffer) {}

  /**
   * Counts one use by all of these, or by none. Null: it is counted. Else it is refused and costs nothing, and it would be
   * let in after so many ms, if nobody comes first. `use` is a name that the caller gives to no other use.
   */
  abstract take(counters: readonly Counter[], use: string): Promise<number | null>;

  /** Takes that use back, as if it had never been. What cannot be taken back stays counted; nobody is told. */
  abstract giveBack(counters: readonly Counter[], use: string): Promise<void>;

  /** Lets go of what it holds open. */
  close(): void {}

  /** Where a key is counted: of keys that strangers type, nothing else is kept. */
  protected placeOf({ name, key }: Counter): string {
    const digest = createHmac('sha256', this.secret).update(`throttle\n${name}\n${key}`).digest();
    return `${name}:${digest.readUInt32BE() % PLACES}`;
  }
}
