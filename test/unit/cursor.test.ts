// A cursor is a place in a room, and nothing else.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeKeys, encodeKeys, readPage } from '../../src/core/connection.js';
import { decodeCursor, encodeCursor } from '../../src/core/cursor.js';
import { ChatError, ErrorCode } from '../../src/core/errors.js';

const refusal = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    if (error instanceof ChatError) return error.extensions;
    throw error;
  }
};

describe('a cursor', () => {
  it('comes back as the seq that it was made of', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat({ max: 2 ** 31 - 1 }), (room, seq) => {
        expect(decodeCursor(encodeCursor(room, seq), room, 'after')).toBe(seq);
      }),
    );
  });

  it('of another room is refused', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.nat(), (room, other, seq) => {
        fc.pre(room !== other);
        expect(refusal(() => decodeCursor(encodeCursor(other, seq), room, 'before'))).toEqual({
          code: 'BAD_USER_INPUT',
          field: 'before',
        });
      }),
    );
  });

  it('made of rubbish is refused, and never anything worse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(refusal(() => decodeCursor(text, '018f0000-0000-7000-8000-000000000000', 'after'))).toMatchObject({
          code: ErrorCode.BAD_USER_INPUT,
        });
        const page = { backward: false, limit: 1, cursor: text, cursorField: 'after' } as const;
        expect(refusal(() => decodeKeys('rooms', 2, page))).toMatchObject({ code: ErrorCode.BAD_USER_INPUT });
      }),
    );
  });
});

describe('a list cursor', () => {
  it('comes back as the keys that it was made of, in its own list only', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        fc.pre(!`${a}${b}`.includes('\0') && a.isWellFormed() && b.isWellFormed());
        const page = { backward: true, limit: 1, cursor: encodeKeys('rooms', [a, b]), cursorField: 'before' } as const;
        expect(decodeKeys('rooms', 2, page)).toEqual([a, b]);
        expect(refusal(() => decodeKeys('members', 2, page))).toEqual({ code: 'BAD_USER_INPUT', field: 'before' });
      }),
    );
  });
});

describe('a page', () => {
  it.each([
    [{}, { backward: false, limit: 50, cursor: null }],
    [{ first: 1 }, { backward: false, limit: 1, cursor: null }],
    [
      { first: 100, after: 'x' },
      { backward: false, limit: 100, cursor: 'x' },
    ],
    [{ after: 'x' }, { backward: false, limit: 50, cursor: 'x' }],
    [{ last: 2 }, { backward: true, limit: 2, cursor: null }],
    [{ before: 'x' }, { backward: true, limit: 50, cursor: 'x' }],
    [
      { first: null, last: 2, before: 'x' },
      { backward: true, limit: 2, cursor: 'x' },
    ],
  ])('asked for by %j is %j', (args, page) => {
    expect(readPage(args)).toMatchObject(page);
  });

  it('asked for by nothing is the newest where the list says so', () => {
    expect(readPage({}, 'last')).toMatchObject({ backward: true, limit: 50, cursor: null });
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ first: 1, last: 1 }, 'last'],
    [{ first: 1, before: 'x' }, 'before'],
    [{ last: 1, after: 'x' }, 'after'],
    [{ after: 'x', before: 'y' }, 'before'],
  ])('asked for by %j is refused', (args, field) => {
    expect(refusal(() => readPage(args))).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
