// D5: PostgreSQL stopped, restarted, frozen, slow. Nothing is acknowledged without a commit, who waits is told so within
// 5 s, sockets stay open, and everybody catches up.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Guest, Refused } from '../support/guest.js';
import { ParleyProcess } from '../support/parley-process.js';
import { sparePort } from '../support/spare-port.js';
import { until } from '../support/wait.js';
import { figure, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Load } from './bench/load.js';
import { PostgresServer } from './bench/postgres-server.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
afterEach(() => stage?.close());

const PROMISE = 5_000; // ms until a send that cannot be done is told so

/** Sends, one after the other in a few lanes, while `away` says so. Tells how long each refusal took. */
async function knock(guest: Guest, roomId: string, away: () => boolean): Promise<number[]> {
  const took: number[] = [];
  const lane = async () => {
    while (away()) {
      const began = performance.now();
      try {
        await guest.send(roomId, 'anybody there?');
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
        expect(error).toHaveCode('UNAVAILABLE');
        took.push(performance.now() - began);
      }
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return took;
}

/** The load, and beside it somebody who only wants to know how long a refusal takes. */
async function whileAway(
  seed: number,
  leave: (stage: Stage) => Promise<void>,
  comeBack: (stage: Stage) => Promise<void>,
) {
  stage = await Stage.open();
  const load = await Load.begin(stage, seed);
  const [zoe] = (await stage.people(1)) as [Guest];
  zoe.url = stage.process(0).url;
  const { id } = await zoe.createRoom('annexe');
  await load.goesOnFor(short(1_000, { long: 20_000 }));
  const outages = () => load.recording.listenings.reduce((sum, { outages }) => sum + outages.length, 0);
  const before = outages();
  let away = true;
  await leave(stage);
  const knocking = knock(zoe, id, () => away);
  await load.goesOnFor(short(6_000, { long: 10_000 }));
  away = false;
  const lost = outages() - before;
  const refusals = await knocking;
  const to = performance.now();
  await comeBack(stage);
  await zoe.send(id, 'at last', 'at-last').catch(() => {});
  await load.goesOnFor(short(2_000, { long: 20_000 }));
  const complaints = await load.end();
  const after = load.recording.acknowledgements.filter(({ at }) => at > to).map(({ at }) => at);
  return { load, complaints, refusals, lost, back: Math.min(...after) - to };
}

const stories: [string, (stage: Stage) => Promise<void>, (stage: Stage) => Promise<void>][] = [
  ['stopped', ({ postgres }) => postgres.stop(), ({ postgres }) => postgres.start()],
  ['stopped immediately', ({ postgres }) => postgres.stopImmediately(), ({ postgres }) => postgres.start()],
  [
    'frozen',
    async ({ sites }) => {
      for (const { toPostgres } of sites) toPostgres.freeze();
    },
    async ({ sites }) => {
      for (const { toPostgres } of sites) toPostgres.thaw();
    },
  ],
];

describe.each(stories)('D5 PostgreSQL %s', (how, leave, comeBack) => {
  it.each(SEEDS)('refuses in time, keeps the sockets, catches up (seed %i)', async (seed) => {
    const { load, complaints, refusals, lost, back } = await whileAway(seed, leave, comeBack);
    expect(complaints).toEqual([]);
    expect(refusals.length).toBeGreaterThan(0);
    report('D5', seed, [
      figure(`${how}: messages acknowledged`, load.sent, 'messages'),
      figure(`${how}: slowest refusal`, Math.max(...refusals), 'ms', PROMISE),
      figure(`${how}: streams that lost their socket`, lost, 'streams', 0),
      figure(`${how}: from its return to the next acknowledgement`, back, 'ms'),
    ]);
    expect(Math.max(...refusals)).toBeLessThan(PROMISE);
    expect(lost).toBe(0);
  });
});

describe('D5 PostgreSQL slow, its connections reset again and again', () => {
  it.each(SEEDS)('is only slow (seed %i)', async (seed) => {
    stage = await Stage.open();
    for (const { toPostgres } of stage.sites) toPostgres.delay(() => Math.random() * 20);
    const load = await Load.begin(stage, seed, { rate: 4 });
    for (let n = 0; n < short(6, { long: 40 }); n += 1) {
      await load.goesOnFor(1_000);
      stage.site(n % 2).toPostgres.reset();
    }
    expect(await load.end()).toEqual([]);
    report('D5', seed, [figure('slow: p99 of a send', load.p99.send(), 'ms')]);
  });
});

describe('D5 connections that break while a transaction begins', () => {
  it('all come back to the pool', async () => {
    stage = await Stage.open({ processes: 1, settings: { PARLEY_DATABASE_POOL: '4' } });
    const [ada] = (await stage.people(1)) as [Guest];
    for (let round = 0; round < 4; round += 1) {
      await stage.site(0).toPostgres.loseAnswers(async () => {
        const making = Array.from({ length: 4 }, (_, n) => ada.createRoom(`room ${round}.${n}`));
        void Promise.allSettled(making);
        await new Promise((resolve) => setTimeout(resolve, 300)); // they have asked, and are not answered
      }, 'begin');
    }
    const knock = async () => ada.createRoom('at last').catch((error: Refused) => error);
    const made = await until('the database to be used again', knock, (answer) => !(answer instanceof Error));
    expect(made).toMatchObject({ name: 'at last' });
  });
});

describe('D5 a start without PostgreSQL', () => {
  it('waits for one that is only late', async () => {
    stage = await Stage.open({ processes: 1 });
    await stage.process(0).stop();
    await stage.postgres.stop();
    const starting = stage.start(0);
    await stage.postgres.start();
    await starting;
    // Redis, which it has not waited for, may come a moment later.
    await until(
      'it to be well',
      () => stage.ready(0),
      ({ status, condition }) => status === 200 && condition === 'ok',
    );
  });

  it('gives up after the bound, and says in a sentence what is wrong', async () => {
    const port = await sparePort();
    const process = ParleyProcess.spawn({
      DATABASE_URL: `postgresql://ada:secret@127.0.0.1:${port}/parley`,
      PARLEY_DATABASE_WAIT: '500ms',
    });
    expect(await process.ended()).toMatchObject({ code: 1 });
    expect(process.stderr.trim()).toBe(
      `PostgreSQL did not answer within PARLEY_DATABASE_WAIT (ECONNREFUSED). Is it running? DATABASE_URL is "postgresql://***@127.0.0.1:${port}/parley". Leave it out to use the embedded database.`,
    );
  });

  it('does not wait for one that says no', async () => {
    const postgres = await PostgresServer.start();
    try {
      const process = ParleyProcess.spawn({ DATABASE_URL: postgres.url('nowhere'), PARLEY_DATABASE_WAIT: '10m' });
      expect(await process.ended()).toMatchObject({ code: 1 });
      expect(process.stderr).toContain('PostgreSQL refuses: database "nowhere" does not exist.');
    } finally {
      await postgres.close();
    }
  });
});
