// After all tests: nothing is left behind.
import { rm } from 'node:fs/promises';

export default async function tearDown() {
  const directory = process.env.PARLEY_TEST_DIRECTORY;
  if (directory) await rm(directory, { recursive: true, force: true });
}
