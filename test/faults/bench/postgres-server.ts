// A PostgreSQL of our own on a spare port: to be stopped, killed and started again without harming anybody else's.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { sparePort } from '../../support/spare-port.js';
import { until } from '../../support/wait.js';

/** PostgreSQL refuses to run as root. */
const owner = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : null;

export class PostgresServer {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly directory: string,
    readonly port: number,
  ) {}

  static async start(): Promise<PostgresServer> {
    const directory = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
    if (owner) chownSync(directory, owner.uid, owner.gid);
    const options = ['-D', directory, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
    execFileSync(binary('initdb'), options, { ...owner, stdio: 'ignore', cwd: directory });
    const server = new PostgresServer(directory, await sparePort());
    await server.start();
    return server;
  }

  /** Where it answers; through a proxy when its port is given. */
  url(database: string, port = this.port): string {
    return `postgresql://postgres@127.0.0.1:${port}/${database}`;
  }

  async start(): Promise<void> {
    const { directory, port } = this;
    const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', max_connections: 100 };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.child = spawn(binary('postgres'), ['-D', directory, ...options], {
      ...owner,
      stdio: 'ignore',
      cwd: directory,
    });
    await until('PostgreSQL to answer', () => this.answers(), Boolean, 30_000);
  }

  /** Everyone is cut off; what runs is rolled back. */
  stop(): Promise<void> {
    return this.end('SIGINT');
  }

  /** As if the power had gone: the next start recovers. */
  stopImmediately(): Promise<void> {
    return this.end('SIGQUIT');
  }

  async run(sql: string, database = 'postgres'): Promise<void> {
    const client = new pg.Client(this.url(database));
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  async close(): Promise<void> {
    await this.stopImmediately();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  private async answers(): Promise<boolean> {
    try {
      await this.run('select 1');
      return true;
    } catch {
      return false;
    }
  }
}

function binary(name: string): string {
  const places = [
    process.env.PG_BIN,
    ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(),
    '/usr/local/bin',
    '/usr/bin',
  ];
  for (const place of places) if (place && existsSync(join(place, name))) return join(place, name);
  throw new Error(`${name} is nowhere: install PostgreSQL, or set PG_BIN to where it is`);
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres']));
}
