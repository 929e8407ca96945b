// Before all tests: an empty, migrated data directory that every embedded house begins with a copy of.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

export default async function setUp() {
  if (process.env.PARLEY_TEST_BACKEND !== 'embedded') return;
  const directory = await mkdtemp(join(tmpdir(), 'parley-test-'));
  const env = { PATH: process.env.PATH, PORT: '0', PARLEY_DATA_DIR: join(directory, 'template'), PARLEY_DEMO: 'false' };
  const server = spawn(process.execPath, ['--liftoff-only', MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  for await (const chunk of server.stdout) if (String(chunk).includes('Parley is open')) break;
  server.kill('SIGTERM');
  const [code] = await exited;
  if (code !== 0) throw new Error(`The server that makes the template ended with ${code}`);
  process.env.PARLEY_TEST_DIRECTORY = directory; // the workers inherit it
}
