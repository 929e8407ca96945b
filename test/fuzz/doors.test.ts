// Nonsense at both doors: whatever is said, the process lives on, leaves no promise alone, and calls nothing its own fault.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as documents from '../support/documents.js';
import type { Guest } from '../support/guest.js';
import { House } from '../support/house.js';
import { RawSocket } from '../support/raw-socket.js';
import { within } from '../support/wait.js';
import { documentOf, frameOf, variables } from './nonsense.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 400); // of each kind; the promise was tried with 20,000
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const AT_ONCE = 10; // documents or sockets in flight

let house: House;
let mallory: Guest;
beforeAll(async () => {
  process.stdout.write(`FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}\n`);
  house = await House.open({ PARLEY_MAX_SOCKET_MESSAGES: '100000', PARLEY_MAX_SOCKETS_PER_SESSION: '1000' });
  [mallory] = await house.guests('mallory');
});
afterEach(() => RawSocket.everyoneLeaves());
afterAll(() => house.close()); // fails when a promise was left alone

// She may do everything but end her own session.
const sound = Object.values(documents).filter((text) => !/signOut|signIn|signUp|revoke/.test(text));
const parameters = { seed: SEED, numRuns: Math.ceil(RUNS / AT_ONCE), endOnFailure: true };

/** What the process says of itself after all of it. */
const complaints = () =>
  house.processes.flatMap(({ lines, stderr }) => [
    ...lines.filter(({ level }) => level >= 50),
    ...(stderr ? [stderr] : []),
  ]);

afterEach(async () => {
  expect(complaints()).toEqual([]);
  expect((await fetch(`${house.url}/health/live`)).status).toBe(200);
});

describe('documents', () => {
  const operation = fc.record({ query: documentOf(sound), variables });

  it('over HTTP are answered, and nothing in them is a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (operations) => {
        await Promise.all(
          operations.map(async (body) => {
            const response = await fetch(`${house.url}/graphql`, {
              method: 'POST',
              headers: { 'content-type': 'application/json', cookie: mallory.cookie },
              body: JSON.stringify(body),
            });
            const text = await response.text();
            expect([response.status, body, text]).toEqual([
              expect.any(Number),
              body,
              expect.not.stringContaining('INTERNAL'),
            ]);
            expect(response.status).toBeLessThan(500);
          }),
        );
      }),
      parameters,
    );
  });

  it('over the socket are answered or end the stream, and the socket lives on', async () => {
    const raw = await RawSocket.greeted(mallory.url, mallory.cookie);
    let id = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (operations) => {
        for (const payload of operations) {
          id += 1;
          raw.send({ id: String(id), type: 'subscribe', payload });
          raw.send({ id: String(id), type: 'complete' });
        }
        raw.send({ type: 'ping' });
        await pongOn(raw);
      }),
      parameters,
    );
  });
});

describe('frames', () => {
  it('are answered, or close the socket with a code that is no accident', async () => {
    const frames = fc.array(frameOf(sound), { minLength: 1, maxLength: 8 });
    const conversation = fc.record({ greeted: fc.boolean(), frames });
    await fc.assert(
      fc.asyncProperty(fc.array(conversation, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (conversations) => {
        await Promise.all(
          conversations.map(async ({ greeted, frames: said }) => {
            const raw = await RawSocket.open(mallory.url, { cookie: mallory.cookie });
            if (greeted) raw.send({ type: 'connection_init' });
            for (const frame of said) raw.send(frame);
            raw.send('the last word'); // which is no message: so the socket closes, and everything before was read
            const { code } = await raw.closed();
            expect([4400, 4401, 4409, 4429, 1007]).toContain(code);
          }),
        );
      }),
      { ...parameters, numRuns: Math.ceil(RUNS / AT_ONCE) },
    );
  });
});

async function pongOn(raw: RawSocket): Promise<void> {
  const ponged = async () => {
    for (;;) {
      const frame = await raw.next();
      expect(JSON.stringify(frame)).not.toContain('INTERNAL');
      if (frame.type === 'pong') return;
    }
  };
  const closed = raw.closed().then(({ code, reason }) => Promise.reject(new Error(`closed with ${code}: ${reason}`)));
  closed.catch(() => {}); // looked at in the race alone
  await within('the pong', Promise.race([ponged(), closed]));
}
