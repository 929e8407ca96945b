// Who leaves with whom: flights of sends, over a runway of the test's own.
import { describe, expect, it } from '@jest/globals';
import { SendLane } from '../../src/messages/send-lane.js';
import { WaitingSend } from '../../src/messages/waiting-send.js';

interface Flight {
  readonly contents: string[];
  /** Everyone aboard has arrived. */
  land(): void;
}

class Runway {
  readonly flights: Flight[] = [];
  readonly lane = new SendLane((sends) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const land = () => {
      for (const one of sends) one.refuse('arrived');
      resolve();
    };
    this.flights.push({ contents: sends.map(({ send }) => send.content), land });
    return promise;
  });

  add(content: string, wish: { room?: string; author?: string; key?: string; deadline?: number } = {}): WaitingSend {
    const { room = 'garden', author = 'ada', key = null, deadline } = wish;
    const send = { id: content, roomId: room, authorId: author, content, clientMessageId: key, parentId: null };
    const one = new WaitingSend(send, deadline);
    one.answer.catch(() => {});
    this.lane.add(one);
    return one;
  }

  addAll(...contents: string[]): void {
    for (const content of contents) this.add(content);
  }

  /** The next flight has left. */
  async next(): Promise<Flight> {
    while (this.flights.length === 0) await new Promise(setImmediate);
    return this.flights.shift() as Flight;
  }

  /** Lands all that is still to come. Tells who was aboard. */
  async rest(): Promise<string[][]> {
    const all: string[][] = [];
    let idle = false;
    const done = this.lane.idle().then(() => {
      idle = true;
    });
    while (!idle) {
      for (const flight of this.flights.splice(0)) {
        all.push(flight.contents);
        flight.land();
      }
      await new Promise(setImmediate);
    }
    await done;
    return all;
  }
}

describe('a flight of sends', () => {
  it('leaves at once for one alone, and takes along what arrives in the same turn', async () => {
    const runway = new Runway();
    runway.addAll('hello');
    const alone = await runway.next();
    expect(alone.contents).toEqual(['hello']);
    alone.land();
    await runway.lane.idle();
    runway.addAll('one', 'two');
    expect(await runway.rest()).toEqual([['one', 'two']]);
  });

  it('is the only one that is out: who comes meanwhile leaves with the next, in the order of arrival', async () => {
    const runway = new Runway();
    runway.addAll('first');
    const first = await runway.next();
    runway.addAll('second', 'third');
    await new Promise(setImmediate);
    expect(runway.flights).toEqual([]);
    runway.addAll('fourth');
    first.land();
    expect(await runway.rest()).toEqual([['second', 'third', 'fourth']]);
  });

  it('has room for 256, or for a mebi of characters, and always for one', async () => {
    const runway = new Runway();
    const many = Array.from({ length: 600 }, (_, n) => `message ${n}`);
    runway.addAll(...many);
    expect(await runway.rest()).toEqual([many.slice(0, 256), many.slice(256, 512), many.slice(512)]);
    const [huge, long] = ['x'.repeat(2_000_000), 'y'.repeat(600_000)];
    runway.addAll(huge, long, long, 'short');
    expect(await runway.rest()).toEqual([[huge], [long], [long, 'short']]);
  });

  it('takes no two repeats of each other: the second leaves with the next', async () => {
    const runway = new Runway();
    runway.add('once', { key: 'k' });
    runway.add('twice', { key: 'k' });
    runway.add('another person', { key: 'k', author: 'bob' });
    runway.add('another room', { key: 'k', room: 'workshop' });
    runway.add('no key');
    runway.add('thrice', { key: 'k' });
    expect(await runway.rest()).toEqual([['once', 'another person', 'another room', 'no key'], ['twice'], ['thrice']]);
  });

  it('serves a room until the last of its sends has arrived', async () => {
    const runway = new Runway();
    expect(runway.lane.serves('garden')).toBe(false);
    runway.addAll('first');
    const first = await runway.next();
    runway.addAll('second');
    first.land();
    const second = await runway.next();
    expect(runway.lane.serves('garden')).toBe(true);
    expect(runway.lane.serves('workshop')).toBe(false);
    second.land();
    await runway.lane.idle();
    expect(runway.lane.serves('garden')).toBe(false);
  });

  it('leaves without those whose time has run out while they waited, and tells them to try again', async () => {
    const runway = new Runway();
    runway.addAll('first');
    const first = await runway.next();
    const impatient = runway.add('impatient', { deadline: 1 });
    runway.addAll('patient');
    await expect(impatient.answer).rejects.toHaveCode('UNAVAILABLE');
    first.land();
    expect(await runway.rest()).toEqual([['patient']]);
  });

  it('tells who is on the way, too, when their time has run out', async () => {
    const runway = new Runway();
    const impatient = runway.add('frozen', { deadline: 20 });
    const frozen = await runway.next();
    expect(frozen.contents).toEqual(['frozen']);
    await expect(impatient.answer).rejects.toHaveCode('UNAVAILABLE');
    frozen.land();
    expect(await runway.rest()).toEqual([]);
  });
});
