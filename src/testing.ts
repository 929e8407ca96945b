// `parley/testing`: a whole server inside your own test, in memory, on a spare port.
import { readSettings } from './config/config.js';
import { log } from './core/logging.js';
import { openHouse } from './open.js';

export interface RunningParley {
  /** Where it answers, such as `http://127.0.0.1:49152`; GraphQL is at `/graphql` on both doors. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Parley with these settings (names and values as in the environment; `npm run config` lists them). By default it
 * keeps its data in memory, takes a spare port, has no demo people, logs nothing and hurries nobody: sends and accounts
 * are not rationed. Close it at the end of your test.
 */
export async function startParley(settings: Readonly<Record<string, string>> = {}): Promise<RunningParley> {
  const defaults = {
    PORT: '0',
    PARLEY_DATA_DIR: 'memory://',
    PARLEY_DEMO: 'false',
    PARLEY_DRAIN: '0ms',
    LOG_LEVEL: 'silent',
    PARLEY_SEND_RATE: '0',
    PARLEY_SIGN_UPS_PER_ADDRESS: '1000000',
    PARLEY_SIGN_IN_TRIES_PER_ADDRESS: '1000000',
  };
  const read = readSettings({ ...defaults, ...settings });
  log.level = read.settings.logLevel;
  const house = await openHouse(read.settings);
  return { url: house.url, close: () => house.close() };
}
