// Open: settings, house, a word to whoever started it; close on a signal.
import { readSettings } from './config/config.js';
import { CannotStart } from './core/cannot-start.js';
import { log, logAtLast } from './core/logging.js';
import type { House } from './open.js';

const AFTER_DRAIN = 4_000; // ms from the end of the drain window to the end of the process, whatever hangs

process.on('unhandledRejection', (error) => {
  log.error({ err: error }, 'A promise was left alone: this is a bug');
});

async function leave(code: 0 | 1, say: () => void): Promise<never> {
  await logAtLast(say);
  process.exit(code);
}

let house: House | undefined;
let stopping = false;
let drain = 0; // ms; nobody is to be sent away before it is open

async function stop(signal: string): Promise<void> {
  if (stopping) return leave(1, () => log.warn({ signal }, 'Stopping at once'));
  stopping = true;
  log.info({ signal }, 'Stopping');
  setTimeout(() => void leave(1, () => log.error('Something hangs: stopping at once')), drain + AFTER_DRAIN).unref();
  await house?.close();
  await leave(0, () => log.info('Stopped'));
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop(signal).catch((error) => leave(1, () => log.error({ err: error }, 'Closing failed')));
  });
}

try {
  const { settings, warnings } = readSettings();
  log.level = settings.logLevel;
  drain = settings.drain;
  for (const warning of warnings) log.warn(warning);
  const { openHouse } = await import('./open.js'); // not before: a wrong setting is told at once
  house = await openHouse(settings);
  const page = house.url.replace('[::1]', 'localhost').replace('127.0.0.1', 'localhost');
  log.info({ url: page }, 'Parley is open');
  if (process.stdout.isTTY) {
    process.stdout.write(`
  Chat page    ${page}/
  ${settings.playground ? `Playground   ${page}/graphql` : 'Playground   off (PARLEY_PLAYGROUND=true)'}
  Docs         docs/ and README.md
  ${settings.demo && !settings.databaseUrl ? 'Sign in as   ada, bob or cleo, password parley-demo' : ''}

`);
  }
  if (stopping) await house.close();
} catch (error) {
  if (error instanceof CannotStart) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  await leave(1, () => log.error({ err: error }, 'Parley could not open'));
}
