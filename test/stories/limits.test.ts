// Who asks too often: guesses passwords, makes accounts by the hundred, speaks too fast.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as documents from '../support/documents.js';
import { type GraphQLAnswer, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';
import { until } from '../support/wait.js';

let house: House;
beforeAll(async () => {
  house = await House.open({
    PARLEY_TRUST_PROXY: 'true', // so that Mallory can come from many addresses
    PARLEY_SIGN_IN_TRIES: '10',
    PARLEY_SIGN_IN_TRIES_PER_ACCOUNT: '15', // fewer than by default, for each costs its 40 ms
    PARLEY_SIGN_IN_TRIES_PER_ADDRESS: '20',
    PARLEY_SEND_RATE: '10',
    PARLEY_SEND_BURST: '20',
  });
});
afterEach(() => house.everyoneLeaves());
afterAll(() => house.close());

// Counted together with whatever else uses this Redis, so nobody's name or address comes twice.
let named = 0;
const somewhere = (): string => {
  const [a, b, c] = randomBytes(3);
  return `10.${a}.${b}.${c}`;
};
const somebody = (name: string): string => {
  named += 1;
  return `${name}-${randomBytes(4).toString('hex')}-${named}`;
};

/** Asks from an address, at the processes in turn. */
async function post(
  address: string,
  query: string,
  variables: Record<string, unknown>,
  at = house,
): Promise<GraphQLAnswer> {
  named += 1;
  const response = await fetch(`${at.urls[named % at.urls.length]}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphQLAnswer;
}
const codeOf = ({ errors }: GraphQLAnswer<unknown>): unknown => errors?.[0]?.extensions.code ?? 'ok';
const signUp = (username: string, address = somewhere(), at = house) =>
  post(address, documents.SIGN_UP, { input: { username, password: PASSWORD } }, at);
const signIn = (username: string, password: string, address: string) =>
  post(address, documents.SIGN_IN, { input: { username, password } });
async function inTurn<T>(count: number, run: (n: number) => Promise<T>): Promise<T[]> {
  const results = [];
  for (let n = 0; n < count; n += 1) results.push(await run(n));
  return results;
}
const times = (count: number, code: string): string[] => Array.from({ length: count }, () => code);

describe('guessing a password', () => {
  it('ends after ten tries from one address, at any process, and elsewhere the owner still gets in', async () => {
    const ada = somebody('ada');
    await signUp(ada);
    const mallory = somewhere();
    const codes = await inTurn(12, async (n) => codeOf(await signIn(ada, `guess number ${n}`, mallory)));
    expect(codes).toEqual([...times(10, 'UNAUTHENTICATED'), ...times(2, 'RATE_LIMITED')]);
    // Not even with the right one: else the limit would tell a right guess from a wrong one.
    const right = await signIn(ada, PASSWORD, mallory);
    expect(right.errors?.[0]).toMatchObject({ extensions: { code: 'RATE_LIMITED' } });
    const wait = Number(right.errors?.[0]?.extensions.retryAfterMs);
    expect(wait).toBeGreaterThan(800_000);
    expect(wait).toBeLessThanOrEqual(900_000);
    expect(codeOf(await signIn(ada, PASSWORD, somewhere()))).toBe('ok');
  });

  it('is counted alike for a name that nobody has, and for every way to write a name', async () => {
    const [ada, nobody] = [somebody('ada'), somebody('nobody')];
    await signUp(ada);
    const guesses = async (name: string, mallory = somewhere()) =>
      inTurn(11, async (n) => {
        const { errors } = await signIn(n % 2 ? name : name.toUpperCase(), 'a wrong one', mallory);
        return errors?.map(({ message, path, extensions: { code } }) => ({ message, path, code }));
      });
    const [known, unknown] = [await guesses(ada), await guesses(nobody)];
    expect(unknown).toEqual(known);
    expect(known.at(-1)).toMatchObject([{ code: 'RATE_LIMITED' }]);
  });

  it('ends after fifteen tries from everywhere', async () => {
    const ada = somebody('ada');
    await signUp(ada);
    const codes = await inTurn(16, async () => codeOf(await signIn(ada, 'a wrong one', somewhere())));
    expect(codes).toEqual([...times(15, 'UNAUTHENTICATED'), 'RATE_LIMITED']);
  });

  it('ends after twenty names from one address, too', async () => {
    const mallory = somewhere();
    const codes = await inTurn(21, async () => codeOf(await signIn(somebody('anyone'), '12345678', mallory)));
    expect(codes).toEqual([...times(20, 'UNAUTHENTICATED'), 'RATE_LIMITED']);
  });

  it('gains nothing by many tries in one document, however they are hidden in it', async () => {
    const [ada, mallory] = [somebody('ada'), somewhere()];
    await signUp(ada);
    const guess = (alias: string) =>
      `${alias}: signIn(input: { username: "${ada}", password: "a wrong one" }) { user { id } }`;
    for (const document of [
      `mutation { ${guess('a')} ${guess('b')} }`,
      `mutation { ${guess('a')} ... { ${guess('b')} } }`,
      `mutation { ...Guesses } fragment Guesses on Mutation { ${guess('a')} ...More } fragment More on Mutation { ${guess('b')} }`,
    ]) {
      expect(codeOf(await post(mallory, document, {}))).toBe('OPERATION_TOO_COMPLEX');
    }
    expect(codeOf(await signIn(ada, 'a wrong one', mallory))).toBe('UNAUTHENTICATED');
  });

  it('is not what people do who know theirs: they come and go as they like', async () => {
    const [ada, home] = [somebody('ada'), somewhere()];
    await signUp(ada);
    expect(await inTurn(15, async () => codeOf(await signIn(ada, PASSWORD, home)))).toEqual(times(15, 'ok'));
  });
});

describe('making accounts', () => {
  it('ends after so many from one address', async () => {
    const strict = await House.open({ PARLEY_TRUST_PROXY: 'true', PARLEY_SIGN_UPS_PER_ADDRESS: '3' });
    try {
      const mallory = somewhere();
      const answers = await inTurn(4, () => signUp(somebody('sock-puppet'), mallory, strict));
      expect(answers.map(codeOf)).toEqual([...times(3, 'ok'), 'RATE_LIMITED']);
      expect(Number(answers.at(-1)?.errors?.[0]?.extensions.retryAfterMs)).toBeGreaterThan(3_000_000);
      expect(codeOf(await signUp(somebody('neighbour'), somewhere(), strict))).toBe('ok');
    } finally {
      await strict.close();
    }
  });
});

describe('speaking too fast', () => {
  it('is refused with the time to wait, over both doors, and harms nobody else', async () => {
    const [ada, bob] = await house.guests('ada', 'bob');
    const [garden, workshop] = [await ada.createRoom('garden', { with: [bob] }), await ada.createRoom('workshop')];
    const heard = await bob.listen(garden);
    const say = (n: number) =>
      ada[n % 2 ? 'post' : 'say'](documents.SEND, { input: { roomId: garden.id, content: `${n}` } });
    // Ten come back each second while she speaks: far more than all of them are needed to find the end.
    const refusal = await until(
      'a refusal',
      async () => {
        const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => say(n)));
        return answers.find(({ errors }) => errors);
      },
      Boolean,
    );
    expect(refusal?.errors?.[0]).toMatchObject({
      path: ['sendMessage'],
      extensions: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) },
    });
    expect(refusal?.errors?.[0]?.extensions.retryAfterMs).toBeLessThanOrEqual(100);
    await ada.send(workshop, 'another room is another bucket');
    await bob.send(garden, 'and so is another person');
    heard.stop();
  });

  it('is the same for edits, and an ex-member learns nothing from it', async () => {
    const [ada, mallory] = await house.guests('ada', 'mallory');
    const room = await ada.createRoom('garden');
    const message = await ada.send(room, 'first');
    const edits = (guest: typeof ada, messageId: string) =>
      Promise.all(
        Array.from({ length: 60 }, (_, n) => guest.post(documents.EDIT, { input: { messageId, content: `${n}` } })),
      );
    expect((await edits(ada, message.id)).map(codeOf)).toContain('RATE_LIMITED');
    expect(new Set((await edits(mallory, message.id)).map(codeOf))).toEqual(new Set(['NOT_FOUND']));
  });
});
