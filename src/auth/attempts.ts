// Guessing passwords and making accounts by the hundred: what is counted, by what, and what is said when it is enough.
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.js';
import { rateLimited } from '../core/errors.js';
import { networkOf } from '../core/network.js';
import { usernameToLookUp } from '../core/text.js';
import { type Counter, Throttle } from './throttle.js';

const QUARTER = 900_000; // ms
const HOUR = 3_600_000; // ms

@Injectable()
export class Attempts {
  constructor(
    private readonly throttle: Throttle,
    private readonly settings: Settings,
  ) {}

  /**
   * Counts one try to guess a password before anything is looked up, for a name that nobody has as for any other. It is
   * taken back for whoever knew it, and when it failed before it was compared. Null: that was not the password.
   */
  async guess<T>(username: string, address: string, compare: () => Promise<T | null>): Promise<T | null> {
    const { signInTries, signInTriesPerAccount, signInTriesPerAddress } = this.settings;
    const account = usernameToLookUp(username);
    const network = networkOf(address);
    const guesses: Counter[] = [
      // One address cannot use up an account's allowance: four windows of these are less than one hour of the other.
      { name: 'account-and-address', key: `${network} ${account}`, uses: signInTries, window: QUARTER },
      { name: 'account', key: account, uses: signInTriesPerAccount, window: HOUR },
    ];
    // One password tried on many names; also what bounds how many names one address can make us remember.
    const visits: Counter = { name: 'address', key: network, uses: signInTriesPerAddress, window: QUARTER };
    const use = await this.count([...guesses, visits], 'Too many tries to sign in. Try again later.');
    try {
      const found = await compare();
      if (found !== null) await this.throttle.giveBack(guesses, use);
      return found;
    } catch (error) {
      await this.throttle.giveBack(guesses, use);
      throw error;
    }
  }

  async signUp(address: string): Promise<void> {
    const { signUpsPerAddress } = this.settings;
    const signUps: Counter = { name: 'sign-ups', key: networkOf(address), uses: signUpsPerAddress, window: HOUR };
    await this.count([signUps], 'Too many accounts were made from here. Try again later.');
  }

  private async count(counters: readonly Counter[], refusal: string): Promise<string> {
    const use = randomUUID();
    const wait = await this.throttle.take(counters, use);
    if (wait !== null) throw rateLimited(refusal, wait);
    return use;
  }
}
