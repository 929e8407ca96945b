// The seal on a fact: made with a key that stands in the database, so that whoever can only publish to Redis is not
// believed. It covers the channel too: a fact that was told in one room proves nothing in another.
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

const SEAL_LENGTH = 43; // characters: SHA-256 in base64url

export class Seal {
  private readonly key: KeyObject; // made once: from bytes it would be made anew for each fact, which costs as much as the seal

  constructor(key: Buffer) {
    this.key = createSecretKey(key);
  }

  /** `<seal>.<text>`: what travels. */
  put(channel: string, text: string): string {
    return `${this.of(channel, text).toString('base64url')}.${text}`;
  }

  /** The text under the seal; null when the seal is missing, or not ours. */
  open(channel: string, sealed: string): string | null {
    if (sealed[SEAL_LENGTH] !== '.') return null;
    const text = sealed.slice(SEAL_LENGTH + 1);
    const claimed = Buffer.from(sealed.slice(0, SEAL_LENGTH), 'base64url');
    const expected = this.of(channel, text);
    return claimed.length === expected.length && timingSafeEqual(claimed, expected) ? text : null;
  }

  private of(channel: string, text: string): Buffer {
    return createHmac('sha256', this.key).update(channel).update('\n').update(text).digest();
  }
}
