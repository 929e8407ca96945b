// A house for one file of stories: real processes over a database of their own. Embedded it is one process; on services
// two, over PostgreSQL and Redis, with the guests spread over both.

import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Guest } from './guest.js';
import { type Environment, ParleyProcess } from './parley-process.js';
import { until } from './wait.js';

export const onServices = process.env.PARLEY_TEST_BACKEND === 'services';
export const POSTGRES = process.env.DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
export const REDIS = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

let named = 0;

export class House {
  private constructor(
    readonly processes: ParleyProcess[],
    readonly environment: Environment,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  private readonly guestsHere: Guest[] = [];

  /** Opens a house with these settings. Close it. */
  static async open(settings: Environment = {}): Promise<House> {
    const { environment, cleanUp } = await ownData();
    const all = { ...environment, ...settings };
    try {
      // Two at once on purpose: processes that start together take turns at the migrations.
      const processes = await Promise.all(Array.from({ length: onServices ? 2 : 1 }, () => ParleyProcess.start(all)));
      return new House(processes, all, cleanUp);
    } catch (error) {
      await cleanUp();
      throw error;
    }
  }

  /** A house for one scene. What went wrong in the scene is told, and not what that did to the end of the house. */
  static async during(settings: Environment, scene: (house: House) => Promise<void>): Promise<void> {
    const house = await House.open(settings);
    try {
      await scene(house);
    } catch (error) {
      await house.close().catch(() => {});
      throw error;
    }
    await house.close();
  }

  get url(): string {
    return this.urls[0] ?? '';
  }

  get urls(): string[] {
    return this.processes.map((process) => process.url);
  }

  /** Signs people up. Their names are made unique; they sit at the processes in turn. */
  async guests<Names extends string[]>(...names: Names): Promise<{ [Index in keyof Names]: Guest }> {
    const guests = await Promise.all(
      names.map((name, at) => {
        named += 1;
        return Guest.signUp(this.urls[at % this.urls.length] ?? '', `${name}-${named}`, name);
      }),
    );
    this.guestsHere.push(...guests);
    return guests as { [Index in keyof Names]: Guest };
  }

  /** Somebody who is not signed in. */
  stranger(): Guest {
    return this.welcome(new Guest(this.url));
  }

  /** The same person in another browser, at another process where there is one. */
  async elsewhere(guest: Guest): Promise<Guest> {
    return this.welcome(await guest.elsewhere(this.urls.at(-1)));
  }

  /** A program with an access key of theirs, at the process that is furthest away. */
  program(guest: Guest, token: string): Guest {
    return this.welcome(guest.withKey(token, this.urls.at(-1)));
  }

  private welcome(guest: Guest): Guest {
    this.guestsHere.push(guest);
    return guest;
  }

  /** Replaces a process that has ended by a new one over the same data, at the same address. */
  async restart(at = 0): Promise<void> {
    const { port } = new URL(this.urls[at] ?? '');
    this.processes[at] = await ParleyProcess.start({ ...this.environment, PORT: port });
  }

  /** The sum over all processes of one metric. */
  async metric(name: string): Promise<number> {
    const texts = await Promise.all(this.urls.map(async (url) => (await fetch(`${url}/metrics`)).text()));
    return texts.reduce(
      (sum, text) => sum + Number(new RegExp(`^parley_${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN),
      0,
    );
  }

  private async isQuiet(): Promise<void> {
    for (const name of ['sockets', 'streams', 'live_rooms']) {
      await until(
        `${name} to be gone`,
        () => this.metric(name),
        (value) => value === 0,
      );
    }
    // One channel a process for the ends of sessions, and none for rooms.
    await until(
      'the channels of the bus to be gone',
      () => this.metric('bus_channels'),
      (value) => value === this.processes.length,
    );
  }

  /** So many streams are open: how to wait for messageSent, which does not say when it is ready. */
  async hears(streams: number): Promise<void> {
    await until(
      `${streams} streams to be open`,
      () => this.metric('streams'),
      (open) => open === streams,
    );
  }

  /** Everyone goes home, and nothing of them is left: no socket, no stream, no room listened to. */
  async everyoneLeaves(): Promise<void> {
    await Promise.all(this.guestsHere.splice(0).map((guest) => guest.leave()));
    await this.isQuiet();
  }

  /** Everyone leaves, every process ends well, and the data is gone. Whatever went wrong first is told. */
  async close(): Promise<void> {
    const left = await Promise.allSettled([this.everyoneLeaves()]);
    const stopped = await Promise.allSettled(this.processes.map((process) => process.stop()));
    await this.cleanUp();
    for (const result of [...left, ...stopped]) if (result.status === 'rejected') throw result.reason;
  }
}

interface Own {
  environment: Environment;
  cleanUp: () => Promise<void>;
}

/** An empty, migrated database inside a process, or an empty one on the services. */
export function ownData(): Promise<Own> {
  return onServices ? ownDatabase() : ownDirectory();
}

async function ownDirectory(): Promise<Own> {
  const directory = await mkdtemp(join(process.env.PARLEY_TEST_DIRECTORY ?? '', 'house-'));
  await cp(join(process.env.PARLEY_TEST_DIRECTORY ?? '', 'template'), directory, { recursive: true });
  return {
    environment: { PARLEY_DATA_DIR: directory },
    cleanUp: () => rm(directory, { recursive: true, force: true }),
  };
}

/** An empty database on the PostgreSQL of the services. */
async function ownDatabase(): Promise<Own> {
  const name = `parley_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new pg.Client(POSTGRES);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(POSTGRES);
  url.pathname = `/${name}`;
  return {
    environment: { DATABASE_URL: url.href, REDIS_URL: REDIS, PARLEY_DATABASE_POOL: '8' },
    cleanUp: () => run(`drop database ${name} with (force)`),
  };
}
