// Who is addressed in a text.
import { describe, expect, it } from '@jest/globals';
import { namesIn } from '../../src/messages/mention-names.js';

describe('the names in a text', () => {
  it.each([
    ['@ada', ['ada']],
    ['hello @Ada, and @bob!', ['ada', 'bob']],
    ['@ada @ADA @ada', ['ada']],
    ['(@ada) "@bob" *@cleo*', ['ada', 'bob', 'cleo']],
    ['good night, @ada.', ['ada.', 'ada']],
    ['@ada...', ['ada...', 'ada..', 'ada.', 'ada']],
    ['@ada-lovelace_1.x said', ['ada-lovelace_1.x']],
    ['line\n@ada', ['ada']],
    ['écrit à @ada', ['ada']],
    ['ada@example.org', []],
    ['https://example.org/@ada', []],
    ['été@ada', []],
    ['@@ada', []],
    ['@ad', []],
    ['@', []],
    ['@adaé', []],
    [`@${'a'.repeat(33)}`, []],
  ])('%j', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  it('are at most fifty, and are found in no time', () => {
    expect(namesIn(Array.from({ length: 80 }, (_, n) => `@person-${n}`).join(' '))).toHaveLength(50);
    const began = performance.now();
    for (const nasty of ['@', '@a', '@aaa.', 'a@', '.@-', '@ada.-.-'])
      namesIn(nasty.repeat(Math.floor(8_000 / nasty.length)));
    expect(performance.now() - began).toBeLessThan(500);
  });
});
