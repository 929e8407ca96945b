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
    const longest = text.messageContent('😀'.repeat(8_000));
    expect(longest).toHaveLength(16_000);
    expect(Buffer.byteLength(longest)).toBeLessThanOrEqual(32 * 1_024); // nothing takes more than four bytes
    expect(caught(() => text.messageContent('x'.repeat(8_001)))).toEqual(refused('content', 8_000));
    expect(text.messageContent('e\u0301'.repeat(8_000))).toHaveLength(8_000); // 16,000 before NFC
  });

  it.each(['', ' \n', '\u200b', '\u2060\u00ad', '\u3164', '\u2800 '])(
    'is something that can be seen: not %j',
    (content) => {
      expect(caught(() => text.messageContent(content))).toEqual(refused('content'));
    },
  );

  it('has letters of at most eight marks', () => {
    const marked = (count: number) => `x${'\u0316'.repeat(count)}y`; // no normal form joins these
    expect(text.messageContent(marked(8))).toBe(marked(8));
    expect(caught(() => text.messageContent(marked(9)))).toEqual(refused('content', 8));
    expect(caught(() => text.messageContent(`e${'\u0301'.repeat(50)}`))).toEqual(refused('content', 8));
  });

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
    for (const nobodys of ['x', 'x'.repeat(257), 'half a \ud800 pair']) expect(text.passwordToTry(nobodys)).toBeNull();
  });

  it('is the same from two keyboards', () => {
    expect(text.password('e\u0301'.repeat(8))).toBe('é'.repeat(8));
    expect(text.passwordToTry('e\u0301'.repeat(8))).toBe('é'.repeat(8));
  });
});

describe('whatever people write', () => {
  const kinds = {
    content: text.messageContent,
    displayName: text.displayName,
    name: text.roomName,
    topic: text.roomTopic,
    label: text.keyLabel,
    reason: text.banReason,
    text: text.searchQuery,
    username: text.username,
    password: text.password,
    clientMessageId: text.clientMessageId,
    avatarUrl: (address: string) => text.avatarUrl(`https://pictures.example/${address}`),
  };

  it.each(Object.entries(kinds))('has no U+0000 and no half of a pair in it: %s', (field, read) => {
    expect(caught(() => read('longenough'))).toEqual(expect.any(String));
    for (const broken of ['longenough\0', '\ud800longenough', 'longenough\udc00'])
      expect(caught(() => read(broken))).toEqual(refused(field));
  });

  it.each(['content', 'displayName', 'name', 'label', 'text'] as const)(
    'can be seen, and is in normal form: %s',
    (field) => {
      for (const unseen of ['', ' ', '\u200b\u200d', '\ufeff'])
        expect(caught(() => kinds[field](unseen))).toEqual(refused(field));
      expect(kinds[field](' Zoe\u0308 ')).toBe('Zoë');
    },
  );

  it.each([
    ['content', 8_000],
    ['displayName', 64],
    ['name', 80],
    ['topic', 250],
    ['label', 64],
    ['reason', 250],
    ['text', 200],
    ['username', 32],
    ['password', 256],
    ['clientMessageId', 64],
  ] as const)('has an end: %s of %i', (field, max) => {
    expect(caught(() => kinds[field]('x'.repeat(max)))).toHaveLength(max);
    expect(caught(() => kinds[field]('x'.repeat(max + 1)))).toEqual(refused(field, max));
  });
});
