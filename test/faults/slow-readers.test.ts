// D9: readers who stall and readers who trickle. They cost little, are sent away with a reason to come back, miss nothing
// on return, and the others do not feel them.
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Guest } from '../support/guest.js';
import { until } from '../support/wait.js';
import { crowd, type Face, LISTEN_CLOSELY } from './bench/crowd.js';
import { figure, percentile, report } from './bench/figures.js';
import { SEEDS, short } from './bench/length.js';
import { Stage } from './bench/stage.js';

const LONG_WORDS = 'ä'.repeat(5_000); // 10 kB
const RATE = 200; // messages a second
const LANES = 16;
const TRICKLE = 500; // ms between two looks at the socket
const LOOK = 250; // ms between two looks at the metrics
const QUICK = 10; // readers who keep up
const COLLECTIONS = 'nodejs_gc_duration_seconds_count\\{kind="major"\\}';

let stage: Stage;
const faces: Face[] = [];
let talking = false;
const trickling: NodeJS.Timeout[] = [];
afterEach(async () => {
  talking = false;
  for (const timer of trickling.splice(0)) clearInterval(timer);
  for (const face of faces.splice(0)) face.leave();
  await stage.close();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes one chunk of bytes now and then: some messages each time, and ever fewer than there are. */
function trickle(face: Face): void {
  face.onEvent = () => face.stall();
  face.stall();
  trickling.push(setInterval(() => face.goOn(), TRICKLE));
}

/** Messages at that rate, for as long as `talking`. Tells when each was sent, by seq. */
function talk(guest: Guest, roomId: string): { sentAt: Map<number, number>; silence: Promise<unknown> } {
  const sentAt = new Map<number, number>();
  talking = true;
  const lanes = Array.from({ length: LANES }, async () => {
    while (talking) {
      const began = performance.now();
      const { seq } = await guest.send(roomId, LONG_WORDS);
      sentAt.set(seq, began);
      await pause(Math.max(0, (1_000 * LANES) / RATE - (performance.now() - began)));
    }
  });
  return { sentAt, silence: Promise.allSettled(lanes) };
}

describe('D9 readers who stall and readers who trickle', () => {
  it.each(SEEDS)('cost little, are sent away, miss nothing, and harm nobody (seed %i)', async (seed) => {
    stage = await Stage.open({ processes: 1, settings: { PARLEY_SLOW_AFTER: '3s' } });
    const half = short(15, { long: 50 });
    const [ada, bob] = (await stage.people(2)) as [Guest, Guest];
    for (const guest of [ada, bob]) guest.url = stage.process(0).url;
    const { id: roomId } = await ada.createRoom('garden', { with: [bob] });

    const quick = await crowd(QUICK, bob, roomId, LISTEN_CLOSELY);
    faces.push(...quick);
    const { sentAt, silence } = talk(ada, roomId);
    const latencies: { at: number; ms: number }[] = [];
    for (const face of quick) {
      face.onEvent = (seq) => {
        const at = performance.now();
        const since = sentAt.get(seq);
        if (since !== undefined) latencies.push({ at, ms: at - since });
      };
    }
    const rss = () => stage.metric('process_resident_memory_bytes');
    const collections = async () => (await stage.metric(COLLECTIONS)) || 0; // nothing is told of what has not happened yet
    // How it is without them. Memory grows until all of it is collected, with or without them, and the first time that
    // comes early: what it comes to is known after the second. Until the first one the server is not warm yet.
    const collected = await collections();
    await until('a collection', collections, (count) => count > collected, 60_000);
    const warmFrom = performance.now();
    await until('a second one', collections, (count) => count > collected + 1, 60_000);
    const [before, slowFrom] = [await rss(), performance.now()];

    const slow = await crowd(2 * half, bob, roomId, LISTEN_CLOSELY);
    faces.push(...slow);
    const trickleFrom = performance.now();
    const stalled = slow.slice(half);
    for (const face of stalled) face.stall();
    slow.slice(0, half).forEach(trickle);
    let peak = before;
    await until(
      'all of them to be sent away',
      async () => {
        await pause(LOOK); // a look at the metrics is work for the server, and what is measured is how it does with theirs
        peak = Math.max(peak, await rss());
        const count = await stage.metric('parley_slow_readers_total');
        if (count >= half) for (const face of stalled) face.goOn(); // they look up soon after they were sent away
        return count;
      },
      (count) => count >= slow.length,
      short(90_000, { long: 180_000 }),
    );
    const slowTo = performance.now();
    for (const timer of trickling.splice(0)) clearInterval(timer);
    for (const face of slow) {
      face.onEvent = () => {};
      face.goOn();
    }
    await until(
      'them to see it',
      () => slow.filter(({ closed }) => !closed).length,
      (open) => open === 0,
      30_000,
    );
    talking = false;
    await silence;

    const codes = slow.map(({ closed }) => closed?.code);
    for (const code of codes) expect([4508, 1006]).toContain(code); // 1006: not even the close frame could be written
    expect(slow.filter(({ ended }) => ended && ended.reason !== 'SLOW_CONSUMER')).toEqual([]);
    expect(slow.filter(({ completed }) => completed)).toEqual([]);
    const head = Math.max(...sentAt.keys());
    for (let at = 0; at < slow.length; at += 10)
      await Promise.all(slow.slice(at, at + 10).map((face) => face.come(bob.url)));
    await until(
      'them to have all',
      () => Math.min(...slow.map(({ seq }) => seq ?? 0)),
      (least) => least === head,
      60_000,
    );
    expect(faces.filter(({ holes }) => holes > 0)).toEqual([]);
    const p99 = (from: number, to: number) =>
      percentile(
        latencies.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms),
        0.99,
      );
    report('D9', seed, [
      figure('slow readers, half of them stalled, half trickling', slow.length, 'readers'),
      figure('most memory above that without them', (peak - before) / 1_048_576, 'MiB', 64),
      figure('p99 of the others without them', p99(warmFrom, slowFrom), 'ms'),
      figure('p99 of the others while these come, all at once', p99(slowFrom, trickleFrom), 'ms'),
      figure('p99 of the others with them', p99(trickleFrom, slowTo), 'ms', Math.round(2 * p99(warmFrom, slowFrom))),
      figure('until all were sent away', slowTo - trickleFrom, 'ms'),
      figure('told so by the close code 4508', codes.filter((code) => code === 4508).length, 'readers'),
      figure('messages of 10 kB', head, 'messages'),
    ]);
  });
});
