// One verdict at every door: the same wrong thing by POST, by GET and over the socket, in development and in production.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { codesOf, DOORS, type Door } from '../support/doors.js';
import { type GraphQLAnswer, type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';

const fields = (count: number, field: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => field(n)).join(' ');
const INTROSPECTION = '{ __schema { types { name } } __type(name: "Room") { name } }';

/** What is asked, and what is answered: one code for all three doors, or one for each. `ok` is an answer with data. */
type Row = [asked: string, query: string, code: string | Record<Door, string>, variables?: Record<string, unknown>];

const ROWS: Row[] = [
  // the document
  ['nothing at all', '', { post: 'BAD_REQUEST', get: 'BAD_REQUEST', socket: 'GRAPHQL_PARSE_FAILED' }],
  ['a syntax error', '{ viewer {', 'GRAPHQL_PARSE_FAILED'],
  ['too many tokens', `{ viewer { user { ${fields(1_200, () => 'id')} } } }`, 'GRAPHQL_PARSE_FAILED'],
  ['braces within braces', '{'.repeat(4_000), 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ viewer { shoeSize } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown operation name', 'query A { __typename } query B { __typename }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a fragment within itself', '{ ...A } fragment A on Query { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a document too deep',
    '{ viewer { rooms { nodes { messages { nodes { room { messages { nodes { room { id } } } } } } } } } }',
    'OPERATION_TOO_COMPLEX',
  ],
  [
    'a document too deep by way of fragments',
    '{ viewer { rooms { nodes { ...A } } } } fragment A on Room { messages { nodes { ...B } } } fragment B on Message { room { messages { nodes { room { id } } } } }',
    'OPERATION_TOO_COMPLEX',
  ],
  ['too many aliases', `{ viewer { ${fields(20, (n) => `a${n}: sessions { id }`)} } }`, 'OPERATION_TOO_COMPLEX'],
  ['too many root fields', `{ ${fields(6, (n) => `a${n}: viewer { user { id } }`)} }`, 'OPERATION_TOO_COMPLEX'],
  [
    'too many root fields in a fragment',
    `{ ...A } fragment A on Query { ${fields(6, (n) => `a${n}: viewer { user { id } }`)} }`,
    'OPERATION_TOO_COMPLEX',
  ],
  [
    'too many directives',
    `{ viewer { user { ${fields(21, (n) => `id @include(if: ${n >= 0})`)} } } }`,
    'OPERATION_TOO_COMPLEX',
  ],
  [
    'too many rows',
    '{ viewer { rooms(first: 100) { nodes { members(first: 100) { nodes { room { id messages { streamCursor } } } } } } } }',
    'OPERATION_TOO_COMPLEX',
  ],
  // the variables
  [
    'a variable of the wrong type',
    'query ($n: Int) { rooms(first: $n) { nodes { id } } }',
    'BAD_USER_INPUT',
    { n: 'many' },
  ],
  ['a missing variable', documents.HISTORY, 'BAD_USER_INPUT'],
  // what the resolvers say
  ['first: -1', '{ rooms(first: -1) { nodes { id } } }', 'BAD_USER_INPUT'],
  ['first: 1000', '{ rooms(first: 1000) { nodes { id } } }', 'BAD_USER_INPUT'],
  ['first with last', '{ rooms(first: 1, last: 1) { nodes { id } } }', 'BAD_USER_INPUT'],
  ['first with before', '{ rooms(first: 1, before: "x") { nodes { id } } }', 'BAD_USER_INPUT'],
  ['an unknown room', documents.HISTORY, 'NOT_FOUND', { roomId: 'nowhere' }],
  // what goes through one door only
  [
    'a mutation',
    documents.SEND,
    { post: 'BAD_USER_INPUT', get: 'BAD_REQUEST', socket: 'BAD_USER_INPUT' },
    { input: { roomId: 'nowhere', content: '' } },
  ],
  [
    'signing in',
    documents.SIGN_IN,
    { post: 'UNAUTHENTICATED', get: 'BAD_REQUEST', socket: 'BAD_USER_INPUT' },
    { input: { username: 'nobody', password: 'a wrong one' } },
  ],
  [
    'a subscription',
    documents.MESSAGE_SENT,
    { post: 'BAD_REQUEST', get: 'BAD_REQUEST', socket: 'NOT_FOUND' },
    { roomId: 'nowhere' },
  ],
  ['what is allowed', documents.VIEWER, 'ok'],
];

describe.each(['development', 'production'])('in %s, every door', (mode) => {
  const production = mode === 'production';
  let house: House;
  let ada: Guest;
  beforeAll(async () => {
    house = await House.open({ NODE_ENV: mode, ALLOWED_ORIGINS: 'https://friend.example' });
    [ada] = await house.guests('ada');
  });
  afterEach(() => RawSocket.everyoneLeaves());
  afterAll(() => house.close());

  const askEverywhere = async (query: string, variables?: Record<string, unknown>) => {
    const doors = Object.entries(DOORS) as [Door, (typeof DOORS)[Door]][];
    return Promise.all(doors.map(async ([door, ask]) => [door, await ask(ada, query, variables)] as const));
  };
  /** All that is told beside the place, which both doors tell, and the id of an error, which is another each time. */
  const verdict = ({ data, errors }: GraphQLAnswer): unknown =>
    errors ? errors.map(({ path, ...rest }) => rest) : data;

  it.each(ROWS.map(([asked, ...row]) => [asked, row] as const))(
    'answers %s',
    async (_, [query, expected, variables]) => {
      const answers = await askEverywhere(query, variables);
      const codes = answers.map(([door, answer]) => [door, codesOf(answer)[0] ?? 'ok']);
      const wanted = (door: Door) => (typeof expected === 'string' ? expected : expected[door]);
      expect(codes).toEqual(answers.map(([door]) => [door, wanted(door)]));
      if (typeof expected !== 'string') return;
      const [first, ...others] = answers.map(([, answer]) => verdict(answer));
      for (const other of others) expect(other).toEqual(first);
    },
  );

  it(`${production ? 'hides' : 'shows'} the schema`, async () => {
    for (const [door, answer] of await askEverywhere(INTROSPECTION)) {
      const codes = codesOf(answer);
      expect([door, ...new Set(codes)]).toEqual(production ? [door, 'GRAPHQL_VALIDATION_FAILED'] : [door]);
    }
  });

  it(`${production ? 'tells no' : 'suggests'} names that were meant`, async () => {
    for (const [query, variables] of [
      ['{ viewr { user { id } } }'],
      ['{ viewer { user { usernam } } }'],
      ['{ rooms(frist: 1) { nodes { id } } }'],
      ['query ($input: SendMessageInpu!) { __typename }'],
      ['{ viewer { ...on Viewr { user { id } } } }'],
      [documents.CREATE_ROOM.replace('mutation', 'query').replace('createRoom(', 'creatRoom('), {}],
      [
        'query ($kind: RoomKind) { viewer { user { id } } rooms { nodes { kind @include(if: $kind) } } }',
        { kind: 'PUBLI' },
      ],
    ] as [string, Record<string, unknown>?][]) {
      for (const [door, answer] of await askEverywhere(query, variables)) {
        expect([door, query, answer.errors?.length]).not.toEqual([door, query, undefined]);
        if (production) expect(JSON.stringify(answer)).not.toContain('Did you mean');
      }
    }
    const [[, answer] = []] = await askEverywhere('{ viewr { user { id } } }');
    expect(/Did you mean/.test(JSON.stringify(answer))).toBe(!production);
  });

  it('tells which value of a variable was wrong, and in production not which were meant', async () => {
    const input = { kind: 'PUBLI', name: 'garden', memberIds: [], nam: 'x' };
    for (const door of ['post', 'socket'] as const) {
      const answer = await DOORS[door](ada, documents.CREATE_ROOM, { input });
      expect([door, ...new Set(codesOf(answer))]).toEqual([door, 'BAD_USER_INPUT']);
      expect(/Did you mean/.test(JSON.stringify(answer))).toBe(!production);
    }
  });

  it(`gives a cookie that no script can read${production ? ', no other host and no plain HTTP' : ''}`, async () => {
    const response = await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: documents.SIGN_IN,
        variables: { input: { username: ada.username, password: PASSWORD } },
      }),
    });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(
      production
        ? /^__Host-parley=[\w-]{43}; Path=\/; Expires=.+; HttpOnly; Secure; SameSite=Lax$/
        : /^parley=[\w-]{43}; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/,
    );
    expect(response.headers.has('strict-transport-security')).toBe(production);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    // A cookie of another name is none: without the prefix it could have been set by a neighbouring host.
    const [token = ''] = /[\w-]{43}/.exec(cookie) ?? [];
    const asked = {
      ...ada,
      url: house.url,
      cookie: production ? `parley=${token}` : `__Host-parley=${token}`,
    } as Guest;
    expect(await DOORS.post(asked, documents.VIEWER)).toEqual({ data: { viewer: null } });
  });

  it('lets the pages of a friend ask, and of nobody else', async () => {
    const asked = async (origin: string) => {
      const { headers } = await fetch(`${house.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      return headers.get('access-control-allow-origin');
    };
    expect(await asked('https://friend.example')).toBe('https://friend.example');
    for (const origin of [
      'https://evil.example',
      'https://friend.example.evil.example',
      'null',
      'http://friend.example',
    ])
      expect([origin, await asked(origin)]).toEqual([origin, null]);
  });

  it('takes one operation at a time', async () => {
    const http = await fetch(`${house.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: ada.cookie },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect([http.status, codesOf((await http.json()) as GraphQLAnswer)]).toEqual([400, ['BAD_REQUEST']]);
    for (const frame of [
      [{ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } }],
      { id: '1', type: 'subscribe', payload: [{ query: '{ __typename }' }] },
      { id: '1', type: 'subscribe', payload: { query: ['{ __typename }'] } },
    ]) {
      const raw = await RawSocket.greeted(house.url, ada.cookie);
      raw.send(frame);
      expect((await raw.closed()).code).toBe(4400);
    }
  });
});

describe('what is refused before GraphQL begins', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  const json = { 'content-type': 'application/json' };
  const preflight = { 'apollo-require-preflight': '1' };
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const operations =
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--';

  it.each<[string, number, RequestInit]>([
    ['no body', 400, { headers: json }],
    ['half of JSON', 400, { headers: json, body: '{"query"' }],
    [
      'JSON that changes what an object is',
      400,
      { headers: json, body: '{"query":"{__typename}","__proto__":{"a":1}}' },
    ],
    ['a number', 400, { headers: json, body: '5' }],
    ['no query', 400, { headers: json, body: '{}' }],
    ['a query that is none', 400, { headers: json, body: '{"query":5}' }],
    ['variables that are a text', 400, { headers: json, body: '{"query":"{__typename}","variables":"{}"}' }],
    ['more than 128 KiB', 413, { headers: json, body: `{"query":"${'x'.repeat(200_000)}"}` }],
    ['plain text', 400, { headers: { 'content-type': 'text/plain' }, body: '{"query":"{__typename}"}' }],
    ['a form', 415, { headers: form, body: 'query={__typename}' }],
    ['a form with files', 415, { headers: multipart, body: operations }],
    ['a form, however it was asked', 415, { headers: { ...form, ...preflight }, body: 'query={__typename}' }],
    ['files, however they were asked', 415, { headers: { ...multipart, ...preflight }, body: operations }],
    ['a kind of body that nobody knows', 415, { headers: { 'content-type': 'application/xml' }, body: '<query/>' }],
    ['PUT', 405, { method: 'PUT', headers: json, body: '{"query":"{__typename}"}' }],
    ['DELETE', 405, { method: 'DELETE' }],
    [
      'a page that wants no JSON',
      406,
      { headers: { ...json, accept: 'text/plain' }, body: '{"query":"{__typename}"}' },
    ],
  ])('is told in the words of GraphQL: %s', async (_, status, request) => {
    const response = await fetch(`${house.url}/graphql`, { method: 'POST', ...request });
    const answer = (await response.json()) as GraphQLAnswer;
    expect([response.status, codesOf(answer)]).toEqual([status, ['BAD_REQUEST']]);
    expect(Object.keys(answer)).toEqual(['errors']);
  });

  it('has the same status for whoever knows the words, and 200 for plain JSON once GraphQL was asked', async () => {
    const statusOf = async (accept: string, query: string) =>
      (
        await fetch(`${house.url}/graphql`, {
          method: 'POST',
          headers: { ...json, accept },
          body: JSON.stringify({ query }),
        })
      ).status;
    for (const query of ['{ viewer {', '{ nothing }', '{ rooms(first: "x") { nodes { id } } }']) {
      expect([query, await statusOf('application/json', query)]).toEqual([query, 200]);
      expect([query, await statusOf('*/*', query)]).toEqual([query, 200]);
      expect([query, await statusOf('application/graphql-response+json', query)]).toEqual([query, 400]);
    }
  });

  it('is told in the words of the web at other paths', async () => {
    const response = await fetch(`${house.url}/nowhere`);
    expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ statusCode: 404 })]);
  });
});
