// The standard load: rooms of which one is hot, senders and resuming listeners of both kinds over all processes, and at
// the end the delivery check over what they recorded.
import type { Guest } from '../../support/guest.js';
import type { MessageSeen } from '../../support/seen.js';
import { until, within } from '../../support/wait.js';
import { checkDelivery } from './delivery-check.js';
import { percentile } from './figures.js';
import { type Listener, listenByHand, listenBySdk } from './listeners.js';
import { Random } from './random.js';
import { type Kept, newRecording, type Recording, type Truth } from './recording.js';
import { Sender } from './senders.js';
import type { Stage } from './stage.js';

const PEOPLE = 10;
const ROOMS = 10;
const SENDERS = 20;
const RATE = 10; // messages a second, each
const LISTENERS = 40;
const HOT = 0.5; // of all messages and listeners

export class Load {
  readonly recording: Recording = newRecording();
  private senders: Sender[] = [];
  private listeners: Listener[] = [];

  private constructor(
    private readonly stage: Stage,
    private readonly people: readonly Guest[],
    readonly rooms: readonly string[],
    private readonly random: Random,
  ) {}

  /** Everyone listens before anyone speaks. */
  static async begin(
    stage: Stage,
    seed: number,
    { senders = SENDERS, rate = RATE, listeners = LISTENERS } = {},
  ): Promise<Load> {
    const people = await stage.people(PEOPLE);
    const [ada, ...others] = people as [Guest, ...Guest[]];
    const rooms: string[] = [];
    for (let n = 0; n < ROOMS; n += 1) rooms.push((await ada.createRoom(`room ${n}`, { with: others })).id);
    const load = new Load(stage, people, rooms, new Random(seed));
    await load.listen(listeners);
    load.speak(senders, rate);
    return load;
  }

  private async listen(count: number): Promise<void> {
    const kinds = [listenBySdk, listenByHand];
    for (let n = 0; n < count; n += 1) {
      const by = kinds[n % kinds.length] ?? listenBySdk;
      const room = this.roomsOf(n)[0] ?? '';
      this.listeners.push(by(`listener ${n}`, this.person(n), this.stage.url, room));
    }
    this.recording.listenings.push(...this.listeners.map(({ listening }) => listening));
    await within('everyone to listen', Promise.all(this.listeners.map(({ ready }) => ready)), 30_000);
  }

  private speak(count: number, rate: number): void {
    for (let n = 0; n < count; n += 1) {
      const lane = {
        name: `lane ${n}`,
        guest: this.person(n),
        rooms: this.roomsOf(n),
        random: this.random.fork(),
        rate,
      };
      this.senders.push(new Sender(lane, n % 2 ? 'sdk' : 'hand', this.stage.url, this.recording));
    }
  }

  /** So long of talk, whatever else is done meanwhile. */
  async goesOnFor(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Silence, then everybody hears the rest. Tells what is wrong: nothing, if the promise was kept. */
  async end(): Promise<string[]> {
    const finished = Promise.all(this.senders.map((sender) => sender.finish()));
    await within('the senders to be acknowledged', finished, 60_000).catch((error: Error) => {
      throw new Error(
        `${error.message}; still busy: ${this.senders.flatMap(({ busyWith }) => busyWith ?? []).join(', ')}`,
      );
    });
    const truths = await Promise.all(this.rooms.map((roomId) => this.truthOf(roomId)));
    const heads = new Map(truths.map(({ roomId, head }) => [roomId, head]));
    const behind = () =>
      this.recording.listenings.filter(({ roomId, seen }) => (seen.at(-1)?.seq ?? 0) < (heads.get(roomId) ?? 0)).length;
    await until('everyone to hear the rest', behind, (count) => count === 0, 30_000).catch(() => {}); // the check says who
    await Promise.all(this.listeners.map((listener) => listener.close()));
    return checkDelivery(this.recording, truths);
  }

  get sent(): number {
    return this.recording.acknowledgements.length;
  }

  /** ms from the beginning of each send that began in that span to its acknowledgement. */
  sendTimes(from = 0, to = Number.POSITIVE_INFINITY): number[] {
    return this.recording.acknowledgements.flatMap(({ key, at }) => {
      const startedAt = this.recording.attempts.get(key)?.startedAt ?? 0;
      return startedAt >= from && startedAt < to ? [at - startedAt] : [];
    });
  }

  /** ms from each acknowledgement in that span until each listener of the room had the message. */
  deliveryTimes(from = 0, to = Number.POSITIVE_INFINITY): number[] {
    const acknowledgedAt = new Map(this.recording.acknowledgements.map(({ key, at }) => [key, at]));
    return this.recording.listenings.flatMap(({ seen }) =>
      seen.flatMap(({ kind, key, at }) => {
        const since = kind === 'MessageSent' ? acknowledgedAt.get(key ?? '') : undefined;
        return since !== undefined && since >= from && since < to ? [Math.max(0, at - since)] : [];
      }),
    );
  }

  /** The longest that any listener was without a stream, ms. */
  get longestOutage(): number {
    return Math.max(0, ...this.recording.listenings.flatMap(({ outages }) => outages));
  }

  get p99(): { send(from?: number, to?: number): number; delivery(from?: number, to?: number): number } {
    return {
      send: (from, to) => percentile(this.sendTimes(from, to), 0.99),
      delivery: (from, to) => percentile(this.deliveryTimes(from, to), 0.99),
    };
  }

  /** Half of them in the hot room, the others spread over the rest. */
  private roomsOf(n: number): string[] {
    const [hot = '', ...others] = this.rooms;
    return n % (1 / HOT) < 1 ? [hot] : [others[n % others.length] ?? hot];
  }

  private person(n: number): Guest {
    return this.people[n % this.people.length] as Guest;
  }

  private async truthOf(roomId: string): Promise<Truth> {
    const reader = this.person(0);
    const history: Kept[] = [];
    let after: string | null = null;
    let streamCursor = '';
    for (let more = true; more; ) {
      const page = await reader.history(roomId, after === null ? { first: 100 } : { first: 100, after });
      history.push(...page.nodes.map(toKept));
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
      streamCursor = page.streamCursor;
    }
    return { roomId, head: Buffer.from(streamCursor, 'base64url').readUInt32BE(17), history };
  }
}

const toKept = ({ id, seq, author, clientMessageId, content, version }: MessageSeen): Kept => ({
  id,
  seq,
  authorId: author.id,
  key: clientMessageId,
  content,
  version,
});
