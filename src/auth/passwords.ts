// Password hashes: argon2id from node:crypto, a few at a time, so that a rush of sign-ins leaves the rest of the server air.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { rateLimited } from '../core/errors.js';

const COST = { memory: 19 * 1_024, passes: 2, parallelism: 1, tagLength: 32 }; // KiB and passes: OWASP's minimum for argon2id
const SALT_BYTES = 16;
const AT_ONCE = 2; // each holds a thread of libuv (4, shared with files and DNS) and 19 MiB
const WAITING_MAX = 100; // behind them; some two seconds of work. Whoever comes then is told to come later
const COME_BACK = 2_000; // ms

const derive = promisify(argon2);

@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** What an unknown name is compared with, so that it takes as long as a known one: no password has this hash. */
  private readonly decoy = phc(randomBytes(SALT_BYTES), randomBytes(COST.tagLength));

  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return phc(salt, await this.derive(password, salt, COST));
  }

  /** With null — there is no such person — it is false after as much work as for a wrong password. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const same = await this.compare(password, stored ?? this.decoy);
    return stored !== null && same;
  }

  private async compare(password: string, stored: string): Promise<boolean> {
    const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
    if (!match) throw new Error('A stored password hash is not argon2id in PHC form');
    const [, memory, passes, parallelism, salt = '', expected = ''] = match;
    const tag = Buffer.from(expected, 'base64');
    const cost = {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      tagLength: tag.length,
    };
    return timingSafeEqual(await this.derive(password, Buffer.from(salt, 'base64'), cost), tag);
  }

  private async derive(password: string, nonce: Buffer, cost: typeof COST): Promise<Buffer> {
    await this.turn();
    try {
      return await derive('argon2id', { message: password, nonce, ...cost });
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING_MAX)
        throw rateLimited('Too many people sign in at once. Try again shortly.', COME_BACK);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running += 1;
  }
}

/** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`. */
function phc(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
