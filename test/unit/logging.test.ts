// What the log is told of an error, and that it holds nobody up.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { errorForLog } from '../../src/core/logging.js';
import { until, within } from '../support/wait.js';

const LOGGING = new URL('../../dist/src/core/logging.js', import.meta.url).href;

describe('an error in the log', () => {
  it('says what it is, where it arose, and why', () => {
    const error = Object.assign(new TypeError('outer', { cause: new Error('inner') }), { code: 'E_OUTER' });
    expect(errorForLog(error)).toEqual({
      type: 'TypeError',
      message: 'outer',
      code: 'E_OUTER',
      stack: expect.stringContaining('logging.test.ts'),
      cause: { type: 'Error', message: 'inner', stack: expect.any(String) },
    });
    expect(errorForLog('a text')).toEqual({ type: 'string' });
  });

  it('does not say what was written, though a database hangs it on its own', () => {
    const message = 'null value in column "words" of relation "said" violates not-null constraint';
    const error = Object.assign(new Error(message), {
      code: '23502',
      detail: 'Failing row contains (Only Bob, null).',
      query: 'insert into said (content) values ($1)',
      params: ['Only Bob'],
    });
    const shown = JSON.stringify(errorForLog(error));
    expect(shown).toContain('null value in column');
    expect(shown).not.toContain('Only Bob');
  });
});

describe('the last word of a process', () => {
  /** Logs more than a pipe holds, and ends on a signal with a last word. */
  const script = `
    const { log, logAtLast } = await import(${JSON.stringify(LOGGING)});
    process.on('SIGTERM', () => logAtLast(() => log.info('the end')).then(() => process.exit(0)));
    setInterval(() => {}, 1_000);
    for (let n = 0; n < 20_000; n += 1) log.info('as much as no pipe holds: somebody has to read it, or it waits here');
    process.stderr.write('written');`;

  const chatter = async () => {
    const options = ['--input-type=module', '--eval', script];
    const child = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    await within('the log to be written', once(child.stderr, 'data'));
    return { child, ended: once(child, 'exit') };
  };

  it('is read by whoever reads', async () => {
    const { child, ended } = await chatter();
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    await until(
      'all to be read',
      () => text.split('\n').length,
      (lines) => lines > 20_000,
    );
    child.kill('SIGTERM');
    expect(await within('the process to end', ended)).toEqual([0, null]);
    await within('the rest', finished(child.stdout));
    expect(text).toContain('the end');
  });

  it.each([
    ['has gone', (stdout: Readable) => void stdout.destroy()],
    ['takes nothing any more', () => {}],
  ])('does not wait for a reader who %s', async (_, leave) => {
    const { child, ended } = await chatter();
    leave(child.stdout);
    child.kill('SIGTERM');
    expect(await within('the process to end', ended)).toEqual([0, null]);
    child.stdout.destroy();
  });
});
