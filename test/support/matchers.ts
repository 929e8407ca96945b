// How a refusal is told: `await expect(mallory.listen(room)).rejects.toHaveCode('NOT_FOUND')`.
import { expect } from '@jest/globals';

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    toHaveCode(code: string, details?: Record<string, unknown>): R;
  }
}

expect.extend({
  toHaveCode(received: unknown, code: string, details: Record<string, unknown> = {}) {
    const { extensions, message } = (received ?? {}) as { extensions?: Record<string, unknown>; message?: string };
    const pass = this.equals(extensions, expect.objectContaining({ code, ...details }));
    return {
      pass,
      message: () =>
        `Expected ${pass ? 'anything but ' : ''}${code} ${JSON.stringify(details)}, but was told ${JSON.stringify(extensions)}: ${message}`,
    };
  },
});
