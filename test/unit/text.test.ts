// What people may write.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChatError } from '../../src/core/errors.js';
import * as text from '../../src/core/text.js';

const refused = (field: string, limit?: number) =>
  expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field, ...(limit === undefined ? {} : { limit }) } });

const caught = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('the content of a message', () => {
  it('is what was written, in normal form and trimmed', () => {
    expect(text.messageContent('  e\u0301 \r\n\tb ')).toBe('é \n\tb');
    expect(text.messageContent('👩‍👩‍👧 שלום नमस्ते')).toBe('👩‍👩‍👧 שלום नमस्ते');
  });

  it('counts code points and bytes of what is stored', () => {
    expect(text.messageContent('😀'.repeat(8_000))).toHaveLength(16_000);
    expect(caught(() => text.messageContent('x'.repeat(8_001)))).toEqual(refused('content', 8_000));
    expect(text.messageContent('e\u0301'.repeat(8_000))).toHaveLength(8_000); // 16,000 before NFC
  });

  it.each(['', ' \n', '\u200b', '\u2060\u00ad', '\u3164', '\u2800 '])(
    'is something that can be seen: not %j',
    (content) => {
      expect(caught(() => text.messageContent(content))).toEqual(refused('content'));
    },
  );

  it.each(['a\0', '\ud800', 'a\udc00b'])('is well-formed: not %j', (content) => {
    expect(caught(() => text.messageContent(content))).toEqual(refused('content'));
  });

  it('is never anything but accepted or refused, and what is accepted is accepted again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (content) => {
        const result = caught(() => text.messageContent(content));
        if (result instanceof ChatError) return;
        expect(typeof result).toBe('string');
        expect(text.messageContent(result as string)).toBe(result);
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  it('of people fold to lower case and to one script', () => {
    expect(text.username('Ada.L-1_')).toBe('ada.l-1_');
    expect(text.username('Ａda')).toBe('ada'); // full-width
    for (const name of ['ab', 'a b', 'аda', 'ada\u200b', 'ÄDA'])
      expect(caught(() => text.username(name))).toBeInstanceOf(ChatError);
  });

  it('of rooms are one line of 1 to 80 characters', () => {
    expect(text.roomName(' Garden ')).toBe('Garden');
    expect(caught(() => text.roomName('a\nb'))).toEqual(refused('name'));
    expect(caught(() => text.roomName('x'.repeat(81)))).toEqual(refused('name', 80));
    expect(text.roomTopic('  ')).toBeNull();
  });

  it('read as they are written: nothing turns them around, though they may run from right to left', () => {
    for (const name of ['nomis\u202e', '\u2066ada', 'ada\u202c'])
      expect(caught(() => text.displayName(name))).toEqual(refused('displayName'));
    expect(text.displayName('שרה')).toBe('שרה');
    expect(text.displayName('👩‍👩‍👧 \u200fعلي')).toBe('👩‍👩‍👧 \u200fعلي');
    expect(text.messageContent('a \u202eb')).toBe('a \u202eb'); // a text may
  });
});

describe('a password', () => {
  it('has 8 to 256 characters, white space included', () => {
    expect(text.password('  spaces  ')).toBe('  spaces  ');
    expect(caught(() => text.password('1234567'))).toEqual(refused('password', 8));
    expect(caught(() => text.password('x'.repeat(257)))).toEqual(refused('password', 256));
    expect(text.passwordToTry('x')).toBeNull();
  });
});
