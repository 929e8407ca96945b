// The last metre, with sockets that take what a test lets them take.
import { describe, expect, it } from '@jest/globals';
import { FanOut, Lane, SharedSubscriber } from '../../src/gateway/fan-out.js';
import { type Group, Told } from '../../src/gateway/shared-subscriptions.js';
import { PullStream } from '../../src/rooms/pull-stream.js';
import type { StreamEndReason } from '../../src/rooms/room.events.js';
import { StrictReader } from '../support/strict-frames.js';
import { until } from '../support/wait.js';

type Item = { text: string };

class Wire {
  isOpen = true;
  isBlocked = false;
  /** The texts of each write. */
  readonly writes: string[][] = [];
  private readonly reader = new StrictReader();

  write(bytes: Buffer): boolean {
    this.writes.push(this.reader.read(bytes).map(({ text }) => (JSON.parse(text) as { payload: Item }).payload.text));
    return !this.isBlocked;
  }
}

class Stream extends PullStream<Item> {
  override readonly room = {};
  override readonly head = 0;
  override readonly recent = true;
  override readonly lag = 0;
  override done = false;
  left = false;
  private readonly items: Item[] = [];

  happen(...items: Item[]): void {
    this.items.push(...items);
    this.onReady();
  }

  complete(): void {
    this.done = true;
    this.onReady();
  }

  override take(): Item | null {
    return this.items.shift() ?? null;
  }

  override async end(_reason: StreamEndReason): Promise<void> {}

  override leave(): void {
    this.left = true;
    this.done = true;
  }
}

/** Tells of each item at once, unless it is told to wait or to fail. */
class Teller {
  executed = 0;
  readonly slow = new Map<Item, Told>();
  private readonly known = new Map<Item, Told>();

  tell(item: Item): Told {
    const known = this.known.get(item) ?? this.slow.get(item);
    if (known) return known;
    this.executed += 1;
    const told = new Told();
    told.settle(Buffer.from(JSON.stringify(item)));
    this.known.set(item, told);
    return told;
  }
}

function stage(clock: () => number = () => 0) {
  const fanOut = new FanOut(clock);
  const teller = new Teller();
  const listen = (id = '1', wire = new Wire(), lane = new Lane(wire, fanOut)) => {
    const stream = new Stream();
    const over = { times: 0 };
    const subscriber = new SharedSubscriber(id, stream, teller as unknown as Group, lane, () => {
      over.times += 1;
    });
    return { wire, lane, stream, subscriber, over };
  };
  return { teller, listen };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const item = (text: string): Item => ({ text });

describe('fan-out', () => {
  it('tells everyone everything, in order, with one write a turn', async () => {
    const { listen, teller } = stage();
    const [ada, bob] = [listen('a'), listen('b')];
    const items = ['one', 'two', 'three'].map(item);
    for (const { stream } of [ada, bob]) stream.happen(...items);
    await turn();
    for (const { stream } of [ada, bob]) stream.happen(item('four'));
    await turn();
    expect(ada.wire.writes).toEqual([['one', 'two', 'three'], ['four']]);
    expect(bob.wire.writes).toEqual(ada.wire.writes);
    expect(teller.executed).toBe(5); // three for both, and the fourth is another one for each
  });

  it('writes for all subscriptions of one socket at once', async () => {
    const { listen } = stage();
    const first = listen('1');
    const second = listen('2', first.wire, first.lane);
    first.stream.happen(item('to the first'));
    second.stream.happen(item('to the second'));
    await turn();
    expect(first.wire.writes).toEqual([['to the first', 'to the second']]);
  });

  it('holds nothing for a reader who stalls, and nobody waits for them', async () => {
    const { listen, teller } = stage();
    const [slow, quick] = [listen(), listen()];
    slow.wire.isBlocked = true;
    for (const { stream } of [slow, quick]) stream.happen(item('one'), item('two'));
    await turn();
    expect(quick.wire.writes).toEqual([['one', 'two']]);
    expect(slow.wire.writes).toEqual([]);
    expect(teller.executed).toBe(2);
    slow.wire.isBlocked = false;
    slow.lane.resume();
    await turn();
    expect(slow.wire.writes).toEqual([['one', 'two']]);
  });

  it('gives the others a turn when one has much to read', async () => {
    const { listen } = stage();
    const greedy = listen('1');
    const modest = listen('2', greedy.wire, greedy.lane);
    greedy.stream.happen(...Array.from({ length: 8 }, (_, n) => item(`${n}`.padEnd(10_000, '.'))));
    modest.stream.happen(item('hello'));
    await turn();
    expect(greedy.wire.writes.map((texts) => texts.length)).toEqual([4]); // a write is full
    await turn();
    expect(greedy.wire.writes[1]?.[0]).toBe('hello');
    await turn();
    await turn();
    expect(greedy.wire.writes.flat()).toHaveLength(9);
  });

  it('serves thousands in slices, and lets the rest of the process in between', async () => {
    let now = 0;
    const { listen } = stage(() => {
      now += 2; // each look at the clock; a slice is over at the third
      return now;
    });
    const crowd = Array.from({ length: 1_000 }, () => listen());
    for (const { stream } of crowd) stream.happen(item('hello'));
    const served = () => crowd.filter(({ wire }) => wire.writes.length > 0).length;
    const steps: number[] = [];
    while (served() < crowd.length) {
      await turn();
      steps.push(served());
    }
    expect(steps.length).toBeGreaterThan(10);
    expect(crowd.every(({ wire }) => wire.writes.length === 1)).toBe(true);
  });

  it('rests after a long round, and tells what happened meanwhile in one write', async () => {
    let now = 0;
    const { listen } = stage(() => now);
    const { stream, wire } = listen();
    const write = wire.write.bind(wire);
    wire.write = (bytes) => {
      now += 50; // so long does it take, by this clock
      return write(bytes);
    };
    stream.happen(item('at once'));
    await turn();
    expect(wire.writes).toEqual([['at once']]);
    stream.happen(item('one'));
    await turn();
    stream.happen(item('two'));
    await turn();
    expect(wire.writes).toHaveLength(1);
    await until(
      'the rest to be over',
      () => wire.writes.length,
      (writes) => writes > 1,
    );
    expect(wire.writes.slice(1)).toEqual([['one', 'two']]);
  });

  it('gives a reader who is slow to take a write memory of its own to take it from', async () => {
    const { listen } = stage();
    const [slow, quick] = [listen('slow'), listen('quick')];
    const lent: Buffer[] = [];
    slow.wire.write = (bytes) => {
      lent.push(bytes);
      slow.wire.isBlocked = true;
      return false;
    };
    slow.stream.happen(item('mine'));
    await turn();
    const text = String(lent[0]);
    quick.stream.happen(item('something else, and longer'));
    await turn();
    expect(quick.wire.writes).toEqual([['something else, and longer']]);
    expect(String(lent[0])).toBe(text);
  });

  it('waits for what is not known yet, and keeps the order', async () => {
    const { listen, teller } = stage();
    const { stream, wire } = listen();
    const [slow, next] = [item('slow'), item('next')];
    const told = new Told();
    teller.slow.set(slow, told);
    stream.happen(slow, next);
    await turn();
    expect(wire.writes).toEqual([]);
    told.settle(Buffer.from(JSON.stringify(slow)));
    await turn();
    expect(wire.writes).toEqual([['slow', 'next']]);
  });

  it('says everything before the end, and nothing after it', async () => {
    const { listen } = stage();
    const { stream, subscriber, wire, over } = listen();
    const end = subscriber.next();
    stream.happen(item('last'));
    stream.complete();
    await expect(end).resolves.toEqual({ done: true, value: undefined });
    expect(wire.writes).toEqual([['last']]);
    stream.happen(item('too late'));
    await turn();
    expect(wire.writes).toEqual([['last']]);
    expect(over.times).toBe(1);
  });

  it('fails alone, with what could not be told', async () => {
    const { listen, teller } = stage();
    const { stream, subscriber, wire, over } = listen();
    const bad = item('bad');
    const told = new Told();
    told.settle(null, new Error('not now'));
    teller.slow.set(bad, told);
    stream.happen(item('good'), bad, item('never'));
    await expect(subscriber.next()).rejects.toThrow('not now');
    await turn();
    expect(wire.writes).toEqual([['good']]);
    expect(stream.left).toBe(true);
    expect(over.times).toBe(1);
  });

  it('is left by a reader who goes, without a trace', async () => {
    const { listen } = stage();
    const gone = listen('1');
    const stays = listen('2', gone.wire, gone.lane);
    gone.stream.happen(item('unheard'));
    stays.stream.happen(item('heard'));
    await gone.subscriber.return();
    await turn();
    expect(gone.wire.writes).toEqual([['heard']]);
    expect(gone.stream.left).toBe(true);
    expect(gone.over.times).toBe(1);
  });

  it('writes nothing to a socket that is closing', async () => {
    const { listen } = stage();
    const { stream, wire } = listen();
    stream.happen(item('too late'));
    wire.isOpen = false;
    await turn();
    expect(wire.writes).toEqual([]);
  });
});
