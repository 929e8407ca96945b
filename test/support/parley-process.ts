// One real process of the compiled server: started, listened to, stopped by its process id.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from './wait.js';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

/**
 * The embedded database is a WebAssembly program. These processes live for seconds: to make it fast behind their backs
 * takes more time than they spend in it.
 */
const ENGINE = process.env.PARLEY_TEST_BACKEND === 'embedded' ? ['--liftoff-only'] : [];

/** A test is faster than any person, and everyone in it comes from one address: limits are for the tests about them. */
const UNHURRIED = {
  PARLEY_SEND_RATE: '0',
  PARLEY_SIGN_IN_TRIES: '1000000',
  PARLEY_SIGN_IN_TRIES_PER_ACCOUNT: '1000000',
  PARLEY_SIGN_IN_TRIES_PER_ADDRESS: '1000000',
  PARLEY_SIGN_UPS_PER_ADDRESS: '1000000',
};

/** `npm run test:unshared` runs the stories of streams with an execution for each of them. */
const shared = process.env.PARLEY_SHARED_EXECUTION;
const SHARING = shared === undefined ? {} : { PARLEY_SHARED_EXECUTION: shared };

export type Environment = Record<string, string>;
export type LogLine = { level: number; msg: string; [key: string]: unknown };

export class ParleyProcess {
  readonly lines: LogLine[] = [];
  stderr = '';
  private readonly exited: Promise<{ code: number | null; signal: string | null }>;

  private constructor(
    private readonly child: ChildProcess,
    public url: string,
  ) {
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  /** Starts without waiting: for starts that are meant to fail. */
  static spawn(environment: Environment): ParleyProcess {
    const child = spawn(process.execPath, [...ENGINE, MAIN], {
      env: {
        PATH: process.env.PATH ?? '',
        PORT: '0',
        HOST: '127.0.0.1',
        PARLEY_DEMO: 'false',
        PARLEY_DRAIN: '0ms',
        ...UNHURRIED,
        ...SHARING,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new ParleyProcess(child, '');
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => started.hear(line));
    child.stderr?.on('data', (chunk) => {
      started.stderr += String(chunk);
    });
    return started;
  }

  static async start(environment: Environment): Promise<ParleyProcess> {
    const started = ParleyProcess.spawn(environment);
    const opened = new Promise<void>((resolve) => {
      started.onOpen = resolve;
    });
    const ended = started.exited.then(({ code }) => {
      throw new Error(
        `The server ended with ${code} before it was open:\n${started.stderr}\n${JSON.stringify(started.lines, null, 1)}`,
      );
    });
    ended.catch(() => {}); // an end after it was open is somebody else's business
    try {
      await within('the server to open', Promise.race([opened, ended]), 30_000);
      return started;
    } catch (error) {
      await started.kill(); // nobody else knows of it, and the tests would not end
      throw error;
    }
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  async ended(): Promise<{ code: number | null; signal: string | null }> {
    return within('the server to end', this.exited, 20_000);
  }

  terminate(): void {
    this.child.kill('SIGTERM');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Ends it as an operator would; fails when it does not end well, or has left a promise alone. */
  async stop(): Promise<void> {
    this.terminate();
    const { code, signal } = await this.ended();
    const alone = this.lines.filter((line) => line.msg.startsWith('A promise was left alone'));
    if (alone.length > 0) throw new Error(`Promises were left alone: ${JSON.stringify(alone)}`);
    if (code !== 0 && signal === null)
      throw new Error(`The server ended with ${code}:\n${this.stderr}\n${JSON.stringify(this.lines.slice(-5))}`);
  }

  private onOpen: () => void = () => {};

  private hear(text: string): void {
    const line = parse(text);
    if (!line) return;
    this.lines.push(line);
    if (line.msg === 'Parley is open') {
      this.url = String(line.url);
      this.onOpen();
    }
  }
}

function parse(text: string): LogLine | null {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return null;
  }
}
