// Guessing passwords and making accounts by the hundred: what is counted, by what, and what is said when it is enough.
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.js';
import { rateLimited } from '../core/errors.js';
import { networkOf } from '../core/network.js';
import { usernameToLookUp } from '../core/text.js';
import { type Allowance, Throttle } from './throttle.js';

const QUARTER = 900_000; // ms
const HOUR = 3_600_000; // ms

@Injectable()
export class Attempts {
  /** One address cannot use up an account's allowance: four windows of these are less than one hour of the other. */
  private readonly pair: Allowance;
  private readonly account: Allowance;
  /** One password tried on many names; also what bounds how many names one address can make us remember. */
  private readonly address: Allowance;
  private readonly signUps: Allowance;

  constructor(
    private readonly throttle: Throttle,
    settings: Settings,
  ) {
    this.pair = { name: 'account-and-address', uses: settings.signInTries, window: QUARTER };
    this.account = { name: 'account', uses: settings.signInTriesPerAccount, window: HOUR };
    this.address = { name: 'address', uses: settings.signInTriesPerAddress, window: QUARTER };
    this.signUps = { name: 'sign-ups', uses: settings.signUpsPerAddress, window: HOUR };
  }

  /**
   * Counts one try, before anything is looked up: for a name that nobody has as for any other. The returned function
   * takes it back, for whoever knew the password.
   */
  async signIn(username: string, address: string): Promise<() => Promise<void>> {
    const account = usernameToLookUp(username);
    const network = networkOf(address);
    const pair = `${network} ${account}`;
    await this.count(this.address, network);
    await this.count(this.pair, pair);
    await this.count(this.account, account);
    return async () => {
      await Promise.all([this.throttle.giveBack(this.pair, pair), this.throttle.giveBack(this.account, account)]);
    };
  }

  async signUp(address: string): Promise<void> {
    await this.count(this.signUps, networkOf(address), 'Too many accounts were made from here. Try again later.');
  }

  private async count(
    allowance: Allowance,
    key: string,
    sentence = 'Too many tries to sign in. Try again later.',
  ): Promise<void> {
    const wait = await this.throttle.take(allowance, key);
    if (wait !== null) throw rateLimited(sentence, wait);
  }
}
