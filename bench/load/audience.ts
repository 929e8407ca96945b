// Listeners in rooms, and the loop that talks to them: it counts who has heard what, and says the next thing in time.
import { setTimeout as sleep } from 'node:timers/promises';
import { DIALECTS, type DialectName } from './dialects.ts';
import { Listener } from './listener.ts';
import { Publisher } from './publisher.ts';
import { readStamp } from './stamp.ts';
import { quantile } from './statistics.ts';

export interface AudiencePlan {
  /** Of the server that is listened to. */
  readonly port: number;
  /** Of the one that is told what to say: another process where they share a bus. */
  readonly doorPort: number;
  readonly dialect: DialectName;
  readonly cookie: string | null;
  readonly rooms: readonly string[];
  readonly listenersPerRoom: number;
}

export interface Heard {
  readonly events: number;
  readonly deliveries: number;
  readonly seconds: number;
  /** ms, from sending to hearing */
  readonly p50: number;
  readonly p99: number;
  /** Share of its core that the load client used: near 1 it is the load that is measured. */
  readonly loadBusy: number;
}

interface Event {
  /** How many have not heard it yet. */
  waiting: number;
  heardByAll: () => void;
}

interface Room {
  readonly name: string;
  readonly size: number;
  events: Event[];
}

const OPENING_AT_ONCE = 100; // sockets; a server's backlog takes that many
const SILENCE = 15_000; // ms without anything heard: something is lost, and waiting on helps nobody
const DEAF = 30_000; // ms for all subscriptions to take effect
const PROBING = 0.1; // ms of pause for each listener: a probe is heard by all, and they must not pile up
const SETTLING = 300; // ms without a message: the probes are through
const SAMPLED = 16; // of many listeners every 16th, another 16th each time: reading stamps is work that could be counting

export class Audience {
  private readonly plan: AudiencePlan;
  private readonly publisher: Publisher;
  private readonly rooms: Map<string, Room>;
  private listeners: Listener[] = [];
  private stride = 1;
  private counter = 0;
  private delays: number[] = [];
  private lastHeardAt = 0;
  private probing = true;

  constructor(plan: AudiencePlan) {
    this.plan = plan;
    this.publisher = new Publisher(plan.doorPort, DIALECTS[plan.dialect], plan.cookie);
    this.rooms = new Map(plan.rooms.map((name) => [name, { name, size: plan.listenersPerRoom, events: [] }]));
  }

  get size(): number {
    return this.listeners.length;
  }

  async open(): Promise<void> {
    const { port, cookie, rooms, listenersPerRoom } = this.plan;
    const dialect = DIALECTS[this.plan.dialect];
    const places = rooms.flatMap((room) => Array.from({ length: listenersPerRoom }, () => room));
    for (let at = 0; at < places.length; at += OPENING_AT_ONCE) {
      const group = places
        .slice(at, at + OPENING_AT_ONCE)
        .map((room) =>
          Listener.open({ port, cookie, dialect, room }, (listener, payload) => this.hear(listener, payload)),
        );
      this.listeners.push(...(await Promise.all(group)));
    }
    await this.proveEars();
  }

  async close(): Promise<void> {
    for (const listener of this.listeners) listener.close();
    this.listeners = [];
    await this.publisher.close();
  }

  /** So many events in flight: the next is sent when the last listener has heard the oldest. */
  inFlight(count: number, seconds: number): Promise<Heard> {
    const rooms = [...this.rooms.values()];
    return this.measured(rooms, this.listeners.length >= 10 * SAMPLED ? SAMPLED : 1, async () => {
      const until = performance.now() + seconds * 1_000;
      let turn = 0;
      const talk = async () => {
        while (performance.now() < until) await this.say(rooms[turn++ % rooms.length] as Room, performance.now());
      };
      await Promise.all(Array.from({ length: count }, talk));
    });
  }

  /** So many deliveries a second, whether the server keeps up or not. Delays count from when an event was due. */
  async steady(deliveriesPerSecond: number, seconds: number): Promise<Heard> {
    const rooms = [...this.rooms.values()];
    const pause = (1_000 * this.plan.listenersPerRoom) / deliveriesPerSecond;
    return this.measured(rooms, 1, async () => {
      const start = performance.now();
      const said: Promise<void>[] = [sleep(seconds * 1_000)]; // the pause after the last one counts as well
      for (let turn = 0; turn * pause < seconds * 1_000; turn++) {
        const due = start + turn * pause;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        said.push(this.say(rooms[turn % rooms.length] as Room, due));
      }
      await Promise.all(said);
    });
  }

  /** Each subscription takes effect in its own time and most protocols do not say when: a message that arrives does. */
  private async proveEars(): Promise<void> {
    const patience = performance.now() + DEAF;
    for (;;) {
      const deaf = this.listeners.filter((listener) => listener.heard === 0);
      if (deaf.length === 0) break;
      if (performance.now() > patience) throw new Error(`${deaf.length} of ${this.size} listeners hear nothing`);
      for (const room of new Set(deaf.map((listener) => listener.room)))
        await this.publisher.publish(room, performance.now());
      await sleep(100 + PROBING * this.size);
    }
    while (performance.now() - this.lastHeardAt < SETTLING) await sleep(SETTLING / 3);
    this.probing = false;
  }

  private async measured(rooms: readonly Room[], stride: number, talk: () => Promise<void>): Promise<Heard> {
    this.stride = stride;
    this.delays = [];
    for (const room of rooms) room.events = [];
    for (const listener of this.listeners) listener.heard = 0;
    const start = performance.now();
    const cpu = process.cpuUsage();
    this.lastHeardAt = start;
    await this.unlessSilent(talk());
    const seconds = (performance.now() - start) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const sum = (of: (room: Room) => number) => rooms.reduce((total, room) => total + of(room), 0);
    return {
      events: sum((room) => room.events.length),
      deliveries: sum((room) => room.events.length * room.size),
      seconds,
      p50: quantile(this.delays, 0.5),
      p99: quantile(this.delays, 0.99),
      loadBusy: (user + system) / 1e6 / seconds,
    };
  }

  private async unlessSilent(talking: Promise<void>): Promise<void> {
    let watch: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      watch = setInterval(() => {
        if (performance.now() - this.lastHeardAt > SILENCE) reject(new Error('A message was not heard by everyone'));
      }, 1_000);
    });
    await Promise.race([talking, silence]).finally(() => clearInterval(watch));
  }

  private async say(room: Room, at: number): Promise<void> {
    const heard = new Promise<void>((heardByAll) => {
      room.events.push({ waiting: room.size, heardByAll });
    });
    await this.publisher.publish(room.name, at);
    this.lastHeardAt = performance.now();
    await heard;
  }

  private hear(listener: Listener, payload: Buffer): void {
    if (this.probing) {
      this.lastHeardAt = performance.now();
      return;
    }
    const event = this.rooms.get(listener.room)?.events[listener.heard - 1];
    if (!event) throw new Error(`A listener heard more than was said: ${payload.toString('latin1', 0, 200)}`);
    event.waiting -= 1;
    if (event.waiting === 0) event.heardByAll();
    if (++this.counter % this.stride === 0) this.sample(payload);
  }

  private sample(payload: Buffer): void {
    const now = performance.now();
    this.lastHeardAt = now;
    const at = readStamp(payload);
    if (at === null) throw new Error(`This is no message of ours: ${payload.toString('latin1', 0, 200)}`);
    this.delays.push(now - at);
  }
}
