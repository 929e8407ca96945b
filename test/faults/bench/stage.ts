// What a fault test plays on: real processes of Parley over a PostgreSQL and a Redis of their own, with a proxy between
// any two of them, and a balancer in front that passes people on to whichever process is at home.
import { randomBytes } from 'node:crypto';
import { Guest } from '../../support/guest.js';
import { type Environment, ParleyProcess } from '../../support/parley-process.js';
import { RedisServer } from '../../support/redis-server.js';
import { sparePort } from '../../support/spare-port.js';
import { PostgresServer } from './postgres-server.js';
import { TcpProxy } from './tcp-proxy.js';

interface Site {
  process: ParleyProcess | null;
  readonly port: number;
  readonly toPostgres: TcpProxy;
  readonly toRedis: TcpProxy;
  readonly environment: Environment;
}

/** High enough that no load of ours meets them: limits have tests of their own. */
const ROOMY: Environment = {
  PARLEY_MAX_SOCKETS_PER_SESSION: '10000',
  PARLEY_MAX_SOCKETS_PER_ADDRESS: '100000',
  PARLEY_DRAIN: '2s',
};

export class Stage {
  readonly sites: Site[] = [];
  readonly lines: { level: number; msg: string }[] = [];
  private turn = 0;
  private signedUp = 0;

  private constructor(
    readonly postgres: PostgresServer,
    readonly redis: RedisServer,
    readonly balancer: { url: string; proxy: TcpProxy },
    private readonly database: string,
  ) {}

  static async open({
    processes = 2,
    redis: withRedis = true,
    settings = {} as Environment,
    settingsOf = (_at: number): Environment => ({}),
  } = {}): Promise<Stage> {
    const [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.atSparePort()]);
    if (withRedis) await redis.start();
    const database = `parley_${randomBytes(4).toString('hex')}`;
    await postgres.run(`create database ${database}`);
    const proxy: TcpProxy = await TcpProxy.to(() => stage.inTurn());
    const stage = new Stage(postgres, redis, { url: `http://127.0.0.1:${proxy.port}`, proxy }, database);
    for (let at = 0; at < processes; at += 1) {
      const [toPostgres, toRedis] = await Promise.all([TcpProxy.to(postgres.port), TcpProxy.to(redis.port)]);
      const port = await sparePort();
      const environment = {
        ...ROOMY,
        PORT: String(port),
        DATABASE_URL: postgres.url(database, toPostgres.port),
        REDIS_URL: `redis://127.0.0.1:${toRedis.port}`,
        ...settings,
        ...settingsOf(at),
      };
      stage.sites.push({ process: null, port, toPostgres, toRedis, environment });
    }
    await Promise.all(stage.sites.map((_, at) => stage.start(at)));
    return stage;
  }

  get url(): string {
    return this.balancer.url;
  }

  get postgresUrl(): string {
    return this.postgres.url(this.database);
  }

  site(at: number): Site {
    const site = this.sites[at];
    if (!site) throw new Error(`There is no process ${at}`);
    return site;
  }

  process(at: number): ParleyProcess {
    const { process } = this.site(at);
    if (!process) throw new Error(`Process ${at} does not run`);
    return process;
  }

  async start(at: number): Promise<ParleyProcess> {
    const site = this.site(at);
    site.process = await ParleyProcess.start(site.environment);
    return site.process;
  }

  async kill(at: number): Promise<void> {
    await this.process(at).kill();
    this.site(at).process = null;
  }

  /** Signs people up, through the balancer. */
  async people(count: number): Promise<Guest[]> {
    const people: Guest[] = [];
    for (let n = 0; n < count; n += 1) {
      this.signedUp += 1;
      people.push(await Guest.signUp(this.url, `person-${this.signedUp}`, `Person ${this.signedUp}`));
    }
    return people;
  }

  async ready(at: number): Promise<{ status: number; condition: string }> {
    const response = await fetch(`${this.process(at).url}/health/ready`);
    return { status: response.status, condition: ((await response.json()) as { condition: string }).condition };
  }

  /** A number that process tells of itself, by its whole name. */
  async metric(name: string, at = 0): Promise<number> {
    const text = await (await fetch(`${this.process(at).url}/metrics`)).text();
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  }

  /** Every process ends well, whatever was done to it, and everything that was started is gone. */
  async close(): Promise<void> {
    const running = this.sites.flatMap(({ process }) => process ?? []);
    const ends = await Promise.allSettled(running.map((process) => process.stop()));
    const proxies = this.sites.flatMap(({ toPostgres, toRedis }) => [toPostgres, toRedis]);
    await Promise.all([this.balancer.proxy, ...proxies].map((proxy) => proxy.close()));
    await Promise.all([this.redis.kill(), this.postgres.close()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** The ports of the processes, another one first each time; one that is away refuses, and the next is tried. */
  private inTurn(): number[] {
    this.turn += 1;
    return this.sites.map((_, at) => this.site((at + this.turn) % this.sites.length).port);
  }
}
