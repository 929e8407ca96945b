// The two processes of a measurement: a server, and the client that puts load on it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Order, Orders, Report } from '../load/main.ts';
import { cpuOf, memoryOf, pinned } from './machine.ts';

const LOAD_MAIN = fileURLToPath(new URL('../load/main.ts', import.meta.url));
const OPENING = 60_000; // ms
const STOPPING = 12_000; // ms from SIGTERM to SIGKILL

const running = new Set<ChildProcess>();

/** Only what a process needs to start: settings of whoever runs this must not reach what is measured. */
const BASE_ENVIRONMENT = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production' };

function start(command: readonly string[], env: Record<string, string>, ipc: boolean): ChildProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: { ...BASE_ENVIRONMENT, ...env },
    stdio: ['ignore', ipc ? 'inherit' : 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOPPING);
  await gone;
  clearTimeout(force);
}

/** For the end of a run that was interrupted. */
export function killEverything(): void {
  for (const child of running) child.kill('SIGKILL');
}

export class Server {
  readonly port: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.port = port;
  }

  /** Resolves when it says where it is open: a line of JSON with a `url`. */
  static async start(role: 'server' | 'door', entry: string, env: Record<string, string>): Promise<Server> {
    const child = start(pinned(role, [process.execPath, entry]), env, false);
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
    const url = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${entry} did not open: ${said}`)), OPENING);
      child.once('exit', (code) => reject(new Error(`${entry} ended with ${code}: ${said}`)));
      if (!child.stdout) throw new Error('No output to read');
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /"url":"([^"]+)"/.exec(line)?.[1];
        if (found) {
          clearTimeout(late);
          resolve(found);
        } else said = `${said}${line}\n`.slice(-4_000);
      });
    });
    return new Server(child, Number(new URL(url).port));
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get memory(): number {
    return memoryOf(this.pid);
  }

  /** CPU µs that it uses while the work goes on, and the result of the work. */
  async whileWorking<T>(work: () => Promise<T>): Promise<{ cpu: number; result: T }> {
    const before = cpuOf(this.pid);
    const result = await work();
    return { cpu: cpuOf(this.pid) - before, result };
  }

  stop(): Promise<void> {
    return stop(this.child);
  }
}

type Result<Name extends keyof Orders> = Awaited<ReturnType<Orders[Name]>>;

export class LoadClient {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (report: Report) => void>();
  private lastId = 0;

  constructor() {
    this.child = start(pinned('load', [process.execPath, LOAD_MAIN]), {}, true);
    let said = '';
    this.child.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
    this.child.on('message', (report: Report) => {
      this.waiting.get(report.id)?.(report);
      this.waiting.delete(report.id);
    });
    this.child.once('exit', (code) => {
      for (const [id, tell] of this.waiting) tell({ id, error: `The load client ended with ${code}: ${said}` });
    });
  }

  order<Name extends keyof Orders>(name: Name, ...given: Parameters<Orders[Name]>): Promise<Result<Name>> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result as Result<Name>) : reject(new Error(error)),
      );
      this.child.send({ id, name, given } satisfies Order);
    });
  }

  stop(): Promise<void> {
    return stop(this.child);
  }
}
