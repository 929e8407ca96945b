// A Redis of our own on a spare port: to be killed and started again without harming anybody else's.
import { type ChildProcess, spawn } from 'node:child_process';
import { Redis } from 'ioredis';
import { sparePort } from './spare-port.js';
import { until } from './wait.js';

export class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(readonly port: number) {}

  static async atSparePort(): Promise<RedisServer> {
    return new RedisServer(await sparePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (this.child) throw new Error('It runs already');
    const options = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', options, { stdio: 'ignore' });
    await until('redis-server to answer', () => this.answers(), Boolean);
  }

  /** kill -9: nobody is told. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** It takes what is sent to it, and says nothing more. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  /** Cuts every connection that listens, as Redis itself does when one falls behind. */
  async cutListeners(): Promise<void> {
    const client = new Redis(this.url);
    await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    client.disconnect();
  }

  private async answers(): Promise<boolean> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => {});
    try {
      await client.connect();
      client.disconnect();
      return true;
    } catch {
      return false; // and it does not try again
    }
  }
}
