// What is promised to everyone who sends, whoever else sends at the same moment.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { unavailable } from '../../src/core/errors.js';
import { log } from '../../src/core/logging.js';
import type { Message } from '../../src/messages/message.model.js';
import { onServices } from '../support/house.js';
import { Sending } from '../support/sending.js';
import { until } from '../support/wait.js';

let here: Sending;
let ada: string;
let bob: string;
beforeAll(async () => {
  log.level = 'silent';
  here = await Sending.open();
  [ada, bob] = await Promise.all([here.person(), here.person()]);
});
afterEach(() => {
  here.database.beforeEach = async () => {};
  here.told.length = 0;
});
afterAll(() => here.close());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const oneTo = (count: number): number[] => times(count, (n) => n + 1);
const seqsOf = (messages: Message[]): number[] => messages.map(({ seq }) => seq);

describe('one alone', () => {
  it('takes one statement', async () => {
    const room = await here.room([ada]);
    let message: Message | undefined;
    expect(
      await here.statementsOf(async () => {
        message = await here.send(room, ada, 'hello', 'k');
      }),
    ).toBe(1);
    expect(message).toMatchObject({ seq: 1, content: 'hello', version: 1, clientMessageId: 'k', author: { id: ada } });
    expect(here.told).toEqual([expect.objectContaining({ __typename: 'MessageSent', seq: 1, message })]);
  });
});

describe('many at once', () => {
  it('take one statement, keep the order in which they came, and are told in that order', async () => {
    const room = await here.room([ada, bob]);
    let sent: Message[] = [];
    expect(
      await here.statementsOf(async () => {
        sent = await Promise.all(times(200, (n) => here.send(room, n % 2 ? ada : bob, `message ${n}`)));
      }),
    ).toBe(1);
    expect(seqsOf(sent)).toEqual(oneTo(200));
    expect(sent.map(({ content }) => content)).toEqual(times(200, (n) => `message ${n}`));
    expect(await here.history(room)).toEqual(sent.map(({ seq, content }) => ({ seq, content })));
    expect(here.told.map(({ seq }) => seq)).toEqual(oneTo(200));
  });

  it('are numbered in each room alone', async () => {
    const rooms = await Promise.all(times(20, () => here.room([ada, bob])));
    const sent = await Promise.all(
      times(200, async (n) => here.send(rooms[n % 20] ?? '', n % 3 ? ada : bob, `message ${n}`)),
    );
    for (const [at, room] of rooms.entries()) {
      expect(seqsOf(sent.filter(({ roomId }) => roomId === room))).toEqual(oneTo(10));
      expect((await here.history(room)).map(({ content }) => content)).toEqual(
        times(10, (n) => `message ${n * 20 + at}`),
      );
      expect(await here.lastSeq(room)).toBe(10);
    }
  });

  it('are each judged for themselves: who is refused hinders nobody and leaves no hole', async () => {
    const open = await here.room([ada]);
    const lobby = await here.room([ada], { kind: 'PUBLIC' });
    const archived = await here.room([ada], { archived: true });
    const spoilt = [
      () => here.send(randomUUID(), ada, 'into nowhere'),
      () => here.send(open, bob, 'not a member'),
      () => here.send(lobby, bob, 'not joined'),
      () => here.send(archived, ada, 'too late'),
    ];
    const results = await Promise.allSettled(
      times(40, (n) => (n % 2 ? here.send(open, ada, `good ${n}`) : (spoilt[(n / 2) % 4] as () => Promise<Message>)())),
    );
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'sent'));
    const expected = ['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'CONFLICT'];
    expect(codes).toEqual(times(40, (n) => (n % 2 ? 'sent' : expected[(n / 2) % 4])));
    expect((await here.history(open)).map(({ seq }) => seq)).toEqual(oneTo(20));
    expect([await here.lastSeq(lobby), await here.lastSeq(archived)]).toEqual([0, 0]);
  });

  it('are one message when they are repeats of each other, and a conflict when they only claim to be', async () => {
    const room = await here.room([ada, bob]);
    const [first, again, other, byBob, last, afterwards] = await Promise.allSettled([
      here.send(room, ada, 'once', 'k'),
      here.send(room, ada, 'once', 'k'),
      here.send(room, ada, 'something else', 'k'),
      here.send(room, bob, 'mine', 'k'),
      here.send(room, ada, 'no key'),
      here.send(room, ada, 'once', 'k'),
    ]);
    const same = { status: 'fulfilled', value: expect.objectContaining({ seq: 1, content: 'once' }) };
    expect([first, again, afterwards]).toEqual([same, same, same]);
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'CONFLICT' } });
    expect([byBob, last]).toMatchObject([{ value: { seq: 2 } }, { value: { seq: 3 } }]);
    expect(await here.lastSeq(room)).toBe(3);
    expect(here.told.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('are all refused with UNAVAILABLE while the database is away, and nothing is sent', async () => {
    const room = await here.room([ada]);
    here.database.beforeEach = async () => {
      throw unavailable();
    };
    const results = await Promise.allSettled(times(50, (n) => here.send(room, ada, `message ${n}`)));
    for (const result of results) expect(result).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
    here.database.beforeEach = async () => {};
    expect(await here.lastSeq(room)).toBe(0);
    expect((await here.send(room, ada, 'back')).seq).toBe(1);
  });

  it('go on without the one that the database cannot take', async () => {
    const room = await here.room([ada]);
    const nobody = randomUUID();
    const results = await Promise.allSettled(
      // No door lets this character through; to the statement it is poison.
      times(100, (n) => here.send(room, n === 7 ? nobody : ada, n === 63 ? 'poison \0' : `message ${n}`)),
    );
    const failed = results.flatMap((result, n) => (result.status === 'rejected' ? [n] : []));
    expect(failed).toEqual([7, 63]);
    expect(results[63]).not.toMatchObject({ reason: { code: expect.any(String), extensions: expect.anything() } });
    expect((await here.history(room)).map(({ seq }) => seq)).toEqual(oneTo(98));
    expect((await here.history(room)).map(({ content }) => content)).toEqual(
      times(100, (n) => `message ${n}`).filter((_, n) => n !== 7 && n !== 63),
    );
  });
});

describe('a process that stops', () => {
  it('finishes what is under way', async () => {
    const room = await here.room([ada]);
    const sent = Promise.all(times(600, (n) => here.send(room, ada, `message ${n}`)));
    await here.queue.beforeApplicationShutdown();
    expect(await here.lastSeq(room)).toBe(600);
    expect(seqsOf(await sent)).toEqual(oneTo(600));
  });
});

// Two processes over one database, and somebody who holds a lock: there has to be more than one connection.
(onServices ? describe : describe.skip)('two processes', () => {
  let there: Sending;
  beforeAll(async () => {
    there = await here.another();
  });
  afterAll(() => there.close());

  const waitingForLocks = async (): Promise<number> =>
    (
      await here.run(sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    ).length;

  /** Holds the lock of a room for as long as the work takes, and does this to it at the end. */
  const holding = async (room: string, change: string, work: () => Promise<void>): Promise<void> => {
    await there.database.write(async (unit) => {
      await unit.query(sql`select from rooms where id = ${room} for no key update`);
      await work();
      await unit.query(sql.raw(change));
    });
  };

  it('commit the same keys at the same moment: one message each, no hole, one order for all', async () => {
    const room = await here.room([ada, bob]);
    const keys = times(150, () => randomUUID());
    const from = (process: Sending) => keys.map((key) => process.send(room, ada, `about ${key}`, key));
    const [byUs, byThem] = await Promise.all([
      Promise.all([...from(here), ...times(50, (n) => here.send(room, bob, `bob ${n}`))]),
      Promise.all([...from(there).reverse(), ...times(50, (n) => there.send(room, bob, `bob there ${n}`))]),
    ]);
    const seqOf = new Map(byUs.map(({ clientMessageId, seq }) => [clientMessageId, seq]));
    for (const { clientMessageId, seq } of byThem) if (clientMessageId) expect(seqOf.get(clientMessageId)).toBe(seq);
    expect((await here.history(room)).map(({ seq }) => seq)).toEqual(oneTo(250));
    const told = [...here.told, ...there.told].map(({ seq }) => seq).sort((a, b) => a - b);
    expect(told).toEqual(oneTo(250));
  });

  it('are not held up in other rooms by one that is locked, and keep the order in that one', async () => {
    const [stuck, free] = [await here.room([ada]), await here.room([ada])];
    let waiting: Promise<Message[]> | undefined;
    await holding(stuck, 'select 1', async () => {
      waiting = Promise.all(times(20, (n) => here.send(stuck, ada, `stuck ${n}`)));
      const sent = await Promise.all(times(20, (n) => here.send(free, ada, `free ${n}`)));
      expect(seqsOf(sent)).toEqual(oneTo(20));
      expect((await here.send(free, ada, 'and on')).seq).toBe(21);
      waiting = Promise.all([waiting, here.send(stuck, ada, 'stuck 20')]).then(([some, one]) => [...some, one]);
    });
    expect(seqsOf((await waiting) ?? [])).toEqual(oneTo(21));
    expect((await here.history(stuck)).map(({ content }) => content)).toEqual(times(21, (n) => `stuck ${n}`));
  });

  it('let nothing of a member through who is removed meanwhile', async () => {
    const room = await here.room([ada, bob]);
    let waiting: Promise<PromiseSettledResult<Message>[]> | undefined;
    const removal = `update memberships set ended_seq = 1 where room_id = '${room}' and user_id = '${bob}'`;
    await holding(room, removal, async () => {
      waiting = Promise.allSettled(times(20, (n) => here.send(room, n % 2 ? ada : bob, `message ${n}`)));
      await until('them to wait for the room', waitingForLocks, (count) => count > 0);
    });
    const results = (await waiting) ?? [];
    for (const [n, result] of results.entries())
      expect(result).toMatchObject(n % 2 ? { status: 'fulfilled' } : { reason: { code: 'NOT_FOUND' } });
    expect((await here.history(room)).map(({ seq }) => seq)).toEqual(oneTo(10));
  });

  it('lock many rooms from both sides without a deadlock', async () => {
    const rooms = await Promise.all(times(30, () => here.room([ada])));
    const shuffled = (n: number) => rooms.toSorted((a, b) => (`${a}${n}` < `${b}${n}` ? -1 : 1)).reverse();
    const both = [here, there].map((process) =>
      Promise.all(
        times(10, async (round) => {
          for (const room of shuffled(round)) await process.send(room, ada, 'hello');
        }),
      ),
    );
    await Promise.all(both);
    for (const room of rooms) expect((await here.history(room)).map(({ seq }) => seq)).toEqual(oneTo(20));
  });
});
