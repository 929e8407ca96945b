// What a password is made into, and how many are compared at a time.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Passwords } from '../../src/auth/passwords.js';

let passwords: Passwords;
beforeEach(() => {
  passwords = new Passwords();
});
const times = <T>(count: number, run: () => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, () => run()));

describe('a password', () => {
  it('is stored as argon2id of 19 MiB and two passes at least, salted, and known again', async () => {
    const [hash, again] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$[\w+/]{22}\$[\w+/]{43}$/.exec(hash) ?? [];
    expect(Number(memory)).toBeGreaterThanOrEqual(19 * 1_024); // KiB
    expect(Number(passes)).toBeGreaterThanOrEqual(2);
    expect(again).not.toBe(hash);
    expect(await passwords.matches('correct horse', hash)).toBe(true);
    expect(await passwords.matches('correct hors', hash)).toBe(false);
    expect(await passwords.matches('correct horse', null)).toBe(false);
  });

  it('is compared with nothing that is no such hash', async () => {
    const hash = await passwords.hash('correct horse');
    for (const other of [hash.replace('argon2id', 'argon2i'), 'correct horse', ''])
      await expect(passwords.matches('correct horse', other)).rejects.toThrow('PHC');
  });
});

describe('a rush', () => {
  it('is worked off two at a time with a hundred waiting, and the surplus is told when to come back', async () => {
    const outcomes = await times(150, () => passwords.matches('a guess', null)); // a name that nobody has is as much work
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(48);
    expect(refused[0]).toMatchObject({ extensions: { code: 'RATE_LIMITED', retryAfterMs: 2_000 } });
    expect(await passwords.matches('a guess', null)).toBe(false); // there is room again
  });
});
