// `npm run seed`: the demo people in whatever database the settings name; `-- --large` adds a room of 10,000 messages. Does
// nothing where they live already.
import { readSettings } from './config/config.js';
import { CannotStart } from './core/cannot-start.js';
import { log } from './core/logging.js';
import { openHouse } from './open.js';
import { seed, seedLarge } from './seed.js';

try {
  // A house like any other, on a spare port, for the moment that it takes.
  const { settings } = readSettings(undefined, {
    PORT: '0',
    HOST: '127.0.0.1',
    PARLEY_DRAIN: '0ms',
    PARLEY_DEMO: 'false',
  });
  log.level = 'warn';
  const house = await openHouse(settings);
  const made = await seed(house.app);
  const large = process.argv.includes('--large') && (await seedLarge(house.app));
  await house.close();
  console.log(
    made
      ? 'Ada, Bob and Cleo live here now: sign in with the password parley-demo.'
      : `Ada lives here already${large ? '.' : ': nothing was changed.'}`,
  );
  if (large)
    console.log('In the Town square there are 10,000 messages of guest-001 to guest-200, with the same password.');
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exitCode = 1;
}
