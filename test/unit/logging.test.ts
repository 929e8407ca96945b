// What the log is told of an error.
import { describe, expect, it } from '@jest/globals';
import { errorForLog } from '../../src/core/logging.js';

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
