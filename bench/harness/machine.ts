// The machine: which cores there are, and what a process has used of them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';

const run = (command: string, ...args: string[]): string | null => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
};

const TICKS_PER_SECOND = Number(run('getconf', 'CLK_TCK') ?? 100);
const PAGE_SIZE = Number(run('getconf', 'PAGESIZE') ?? 4_096);

const canPin = ['0', '1'].every((core) => run('taskset', '-c', core, 'true') !== null);

/** The first core tends to serve interrupts: it goes to the load client. */
const CORES = { load: '0', server: '1', door: availableParallelism() > 2 ? '2' : '0' };

/** Puts the taskset command before another one, so that all threads of the process stay on that core. */
export function pinned(role: keyof typeof CORES, command: readonly string[]): string[] {
  return canPin ? ['taskset', '-c', CORES[role], ...command] : [...command];
}

/** CPU µs that the process has used so far, all threads, user and system. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before it may hold spaces
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
}

/** Bytes of memory that the process has resident. */
export function memoryOf(pid: number): number {
  const [, resident] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
  return Number(resident) * PAGE_SIZE;
}

/** Throws when so many sockets in one process are more than the system allows. */
export function requireSockets(count: number): void {
  const limit = Number(/Max open files\s+\d+\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]);
  if (limit < count + 500)
    throw new Error(`${count} sockets need a higher limit of open files than ${limit}: ulimit -n`);
}

export interface Surroundings {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly pinned: boolean;
  readonly kernel: string;
  readonly node: string;
  readonly commit: string;
}

export const surroundings = (): Surroundings => ({
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  pinned: canPin,
  kernel: release(),
  node: process.version,
  commit: `${run('git', 'rev-parse', '--short=12', 'HEAD') ?? 'unknown'}${run('git', 'status', '--porcelain', '-uno') ? ' and changes' : ''}`,
});
