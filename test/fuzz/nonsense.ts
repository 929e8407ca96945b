// What to throw at a door: documents and frames that are nearly right, for what is quite wrong is refused at once.
import fc from 'fast-check';

/** Words of GraphQL and of our schema, values of every kind, and what breaks parsers. */
const WORDS = [
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'true',
    'null',
    '__typename',
    '__schema',
    '__type(name: "Room")',
  ],
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    '!',
    '=',
    '|',
    '&',
    '@',
    '$',
    '...',
    ',',
    '"',
    '"""',
    '#',
    '\\',
    '\\u{D800}',
    '\\uD800',
  ],
  ...[
    'viewer',
    'user',
    'rooms',
    'room',
    'messages',
    'members',
    'nodes',
    'edges',
    'node',
    'cursor',
    'author',
    'id',
    'content',
  ],
  ...[
    'first',
    'last',
    'after',
    'before',
    'input',
    'roomId',
    'sendMessage',
    'editMessage',
    'signIn',
    'roomEvents',
    'messageSent',
  ],
  ...['@include(if: true)', '@skip(if: false)', '@defer', '@stream', '@deprecated', '@specifiedBy(url: "x")'],
  ...[
    '0',
    '-1',
    '1e999',
    '-0',
    '9007199254740993',
    '1.5',
    '"x"',
    'ENUM',
    '$x',
    '{}',
    '[]',
    '\0',
    '\ufeff',
    '\u2028',
    '🍅',
  ],
];

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    "'; drop table users; --",
  ),
  fc.constantFrom('00000000-0000-7000-8000-000000000000', 'AQAAAAAAAAAAAAAAAAAAAAAAAAAA', 'null', '1e309', '-1'),
);

/** Any value of JSON, with names that mean something to somebody. */
export const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    hostile,
    fc.constantFrom(null, true, false, 0, -1, 2 ** 31, 2 ** 53, 1e308, 0.1),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(hostile, fc.constantFrom(...WORDS)), tie('any'), { maxKeys: 4 }),
  ),
})).any;

const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(' '));

/** A sound document with one place cut out, doubled or replaced. */
const wounded = (documents: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...documents), fc.nat(), fc.nat(40), fc.oneof(hostile, fc.constantFrom(...WORDS)))
    .map(([text, at, length, word]) => {
      const start = at % (text.length + 1);
      return `${text.slice(0, start)}${word}${text.slice(start + length)}`;
    });

export const documentOf = (documents: readonly string[]) =>
  fc.oneof(soup, wounded(documents), fc.constantFrom(...documents), hostile);

/** Variables by the names that our documents use, with values of any kind. */
const NAMES = ['input', 'roomId', 'id', 'messageId', 'first', 'last', 'after', 'before', 'search'] as const;
const INPUT = [
  'roomId',
  'content',
  'clientMessageId',
  'messageId',
  'username',
  'password',
  'displayName',
  'kind',
  'name',
  'memberIds',
  'userId',
  'role',
  'expectedVersion',
];

export const variables = fc.oneof(
  fc.dictionary(
    fc.constantFrom(...NAMES),
    fc.oneof(value, fc.dictionary(fc.constantFrom(...INPUT), fc.oneof(hostile, value), { maxKeys: 5 })),
    { maxKeys: 5 },
  ),
  fc.dictionary(hostile, value, { maxKeys: 3 }),
);

const TYPES = ['connection_init', 'connection_ack', 'ping', 'pong', 'subscribe', 'next', 'error', 'complete', 'x'];

/** A frame of the protocol, or nearly: as text, or as bytes that are no text. */
export const frameOf = (documents: readonly string[]) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .record(
          {
            id: fc.oneof(fc.constantFrom('1', '2', '', '__proto__', 'toString'), value),
            type: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...TYPES) }, { weight: 1, arbitrary: value }),
            payload: fc.oneof(
              fc.record(
                {
                  query: fc.oneof(documentOf(documents), value),
                  operationName: fc.oneof(fc.constantFrom(null, 'Viewer', '__proto__'), value),
                  variables: fc.oneof(variables, value),
                  extensions: value,
                },
                { requiredKeys: ['query'] },
              ),
              value,
            ),
          },
          { requiredKeys: ['type'] },
        )
        .map((frame) => JSON.stringify(frame)),
    },
    // What the protocol lets pass, so that what is behind it has something to do.
    {
      weight: 4,
      arbitrary: fc
        .record({
          id: fc.constantFrom('1', '2', '3', '4', '__proto__'),
          type: fc.constant('subscribe'),
          payload: fc.record(
            {
              query: documentOf(documents),
              operationName: fc.oneof(fc.constantFrom(null, 'Viewer', '__proto__'), hostile),
              variables,
              extensions: fc.dictionary(fc.oneof(hostile, fc.constantFrom(...WORDS)), value, { maxKeys: 4 }),
            },
            { requiredKeys: ['query'] },
          ),
        })
        .map((frame) => JSON.stringify(frame)),
    },
    { weight: 1, arbitrary: value.map((any) => JSON.stringify(any)) },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
