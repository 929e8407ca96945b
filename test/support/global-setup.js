// Before all tests: an empty, migrated data directory that every embedded house begins with a copy of.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function setUp() {
  if (process.env.PARLEY_TEST_BACKEND !== 'embedded') return;
  const directory = await mkdtemp(join(tmpdir(), 'parley-test-'));
  const { readSettings } = await import('../../dist/src/config/config.js');
  const { log } = await import('../../dist/src/core/logging.js');
  const { openHouse } = await import('../../dist/src/open.js');
  log.level = 'silent';
  const env = { PARLEY_DATA_DIR: join(directory, 'template'), PARLEY_DEMO: 'false', PARLEY_DRAIN: '0ms', PORT: '0' };
  const house = await openHouse(readSettings(env).settings);
  await house.close();
  process.env.PARLEY_TEST_DIRECTORY = directory; // the workers inherit it
}
