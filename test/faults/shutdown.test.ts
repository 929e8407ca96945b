// D10 and D11: a process that is told to stop sends a crowd away in good order; and a crowd that comes back at once.
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import { ParleyProcess } from '../support/parley-process.js';
import { until, within } from '../support/wait.js';
import { crowd, type Face } from './bench/crowd.js';
import { figure, percentile, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Random } from './bench/random.js';
import { Stage } from './bench/stage.js';

let stage: Stage;
let faces: Face[] = [];
afterEach(async () => {
  for (const face of faces.splice(0)) face.leave();
  await stage.close();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('D10 SIGTERM with a crowd, some of it stalled, sends in flight', () => {
  it.each(SEEDS)('spreads the closes, loses no acknowledged send, and ends well in time (seed %i)', async (seed) => {
    stage = await Stage.open({ processes: 1, settings: { PARLEY_DRAIN: '5s' } });
    const size = short(300, { long: 1_000 });
    const [ada] = (await stage.people(1)) as [Guest];
    ada.url = stage.process(0).url;
    const { id: roomId } = await ada.createRoom('garden');
    faces = await crowd(size, ada, roomId);
    const stalled = faces.slice(0, size / 20);
    for (const face of stalled) face.stall();
    const acknowledged: string[] = [];
    const lanes = Array.from({ length: 8 }, async () => {
      for (;;) {
        const sent = await ada.send(roomId, 'in flight').catch(() => null);
        if (!sent) return;
        acknowledged.push(sent.id);
        await pause(400); // a crowd that is one process itself must be able to read it all
      }
    });
    await pause(500);

    const ended = stage.process(0).ended();
    const told = performance.now();
    stage.process(0).terminate();
    const turned = await until(
      'ready to say 503',
      () => stage.ready(0),
      ({ status }) => status === 503,
    ).then(() => performance.now() - told);
    expect(await ended).toEqual({ code: 0, signal: null });
    const took = performance.now() - told;
    await Promise.all(lanes);
    stage.site(0).process = null;
    await stage.start(0);

    const awake = faces.slice(stalled.length);
    await until(
      'every close to be seen',
      () => awake.filter(({ closed }) => !closed).length,
      (open) => open === 0,
    );
    expect([...new Set(awake.map(({ closed }) => closed?.code))]).toEqual([1001]);
    expect(awake.filter(({ completed }) => completed)).toEqual([]);
    for (const { ended } of awake)
      expect(ended).toMatchObject({ reason: 'SERVER_DRAINING', retryAfterMs: expect.any(Number) });
    expect(new Set(awake.map(({ ended }) => ended?.retryAfterMs)).size).toBeGreaterThan(size / 20);
    const closes = awake.map(({ closed }) => (closed?.at ?? 0) - told);
    const busiest = Math.max(
      ...[...Map.groupBy(closes, (ms) => Math.floor(ms / 100)).values()].map(({ length }) => length),
    );
    const kept = new Set<string>();
    for (let after: string | undefined; ; ) {
      const page = await ada.history(roomId, { first: 100, after });
      for (const { id } of page.nodes) kept.add(id);
      after = page.pageInfo.endCursor ?? undefined;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    report('D10', seed, [
      figure('sockets, one in twenty stalled', size, 'sockets'),
      figure('from the signal to ready = 503', turned, 'ms'),
      figure('from the signal to the end', took, 'ms', 10_000),
      figure('first close after the signal', Math.min(...closes), 'ms'),
      figure('last close after the signal', Math.max(...closes), 'ms'),
      figure('most closes in a tenth of a second', busiest, 'sockets'),
      figure('acknowledged sends, none lost', acknowledged.length, 'messages'),
    ]);
    expect(took).toBeLessThan(10_000);
    expect(Math.max(...closes) - Math.min(...closes)).toBeGreaterThan(2_500); // spread over the window of 5 s
  });

  it('ends at once at a second signal', async () => {
    stage = await Stage.open({ processes: 1, settings: { PARLEY_DRAIN: '1m' } });
    const [ada] = (await stage.people(1)) as [Guest];
    ada.url = stage.process(0).url;
    const { id: roomId } = await ada.createRoom('garden');
    faces = await crowd(3, ada, roomId);
    stage.process(0).terminate();
    await until(
      'it to stop',
      () => stage.ready(0),
      ({ status }) => status === 503,
    );
    stage.process(0).terminate();
    expect(await stage.process(0).ended()).toEqual({ code: 1, signal: null });
    stage.site(0).process = null;
  });

  it.each(SEEDS)('ends well at a signal while it is still starting (seed %i)', async (seed) => {
    stage = await Stage.open({ processes: 1 });
    await stage.process(0).stop();
    const random = new Random(seed);
    for (let n = 0; n < short(6, { long: 30 }); n += 1) {
      const starting = ParleyProcess.spawn(stage.site(0).environment);
      await pause(random.between(0, 1_500));
      starting.terminate();
      const { code, signal } = await starting.ended();
      // Before the first line of ours has run, the signal ends it as it ends any process.
      expect([`${code}`, `${signal}`]).toContain(signal === null ? '0' : 'SIGTERM');
      expect(starting.lines.filter(({ level }) => level >= 50)).toEqual([]);
    }
    await stage.start(0);
    await until(
      'it to be as if nothing had been',
      () => stage.ready(0),
      ({ condition }) => condition === 'ok',
    );
  });
});

describe('D11 a crowd that comes back within two seconds', () => {
  it.each(SEEDS)('is live again soon, and keeps nobody else waiting (seed %i)', async (seed) => {
    stage = await Stage.open({ processes: 1 });
    const size = short(300, { long: 1_000 });
    const random = new Random(seed);
    const [ada] = (await stage.people(1)) as [Guest];
    ada.url = stage.process(0).url;
    const { id: roomId } = await ada.createRoom('garden');
    faces = await crowd(size, ada, roomId);
    await stage.kill(0);
    await stage.start(0);
    await Promise.all(Array.from({ length: 8 }, async (_, n) => ada.send(roomId, `meanwhile ${n}`)));
    await stage.metric('nodejs_eventloop_lag_p99_seconds'); // counts from here on
    const began = performance.now();
    await within(
      'everyone to be back',
      Promise.all(
        faces.map(async (face) => {
          face.events = 0;
          await pause(random.between(0, 2_000));
          while (!(await face.come(ada.url))) await pause(random.between(100, 500));
        }),
      ),
      60_000,
    );
    const lag = (await stage.metric('nodejs_eventloop_lag_p99_seconds')) * 1_000;
    const live = Math.max(...faces.map(({ readyAt }) => readyAt ?? Number.POSITIVE_INFINITY)) - began;
    await until(
      'everyone to hear what they missed',
      () => Math.min(...faces.map(({ events }) => events)),
      (least) => least === 8,
    );
    report('D11', seed, [
      figure('clients', size, 'clients'),
      figure('until all are live', live, 'ms', 15_000),
      figure('p99 of the lag of the event loop', lag, 'ms', 250),
      figure(
        'half of them are live after',
        percentile(
          faces.map(({ readyAt }) => (readyAt ?? 0) - began),
          0.5,
        ),
        'ms',
      ),
    ]);
    expect(live).toBeLessThan(15_000);
  });
});
