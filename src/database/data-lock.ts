// One process per data directory: a second one would open it without complaint and destroy what the first acknowledged.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../core/cannot-start.js';

interface Owner {
  readonly pid: number;
  /** When that process began, so that another one with the same number is not taken for it. Null where the system does not tell. */
  readonly began: string | null;
}

/** Sentence for the person who started the second process. */
export class DataDirectoryInUse extends CannotStart {}

export class DataLock {
  private constructor(private readonly file: string) {}

  /** Takes the lock or throws `DataDirectoryInUse`. A lock whose process is gone is taken over. */
  static take(directory: string): DataLock {
    const file = join(directory, 'parley.lock');
    const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid) } satisfies Owner);
    // Each turn either takes the lock, finds a living owner, or clears away a dead one; a race costs another turn.
    for (let turn = 0; turn < 10; turn += 1) {
      if (putInPlace(file, mine)) return new DataLock(file);
      const text = readOrNull(file);
      if (text === null) continue;
      const owner = parseOwner(text);
      if (owner && isAlive(owner)) {
        throw new DataDirectoryInUse(
          `The data directory ${directory} is in use by process ${owner.pid}. Stop that one, give this one another PARLEY_DATA_DIR, or set DATABASE_URL to run several.`,
        );
      }
      clearAway(file, text);
    }
    throw new DataDirectoryInUse(`The data directory ${directory} is being opened by another process. Try again.`);
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

/** Whole or not at all: nobody ever reads a lock that is half written. */
function putInPlace(file: string, text: string): boolean {
  const draft = `${file}.draft.${process.pid}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead owner's lock aside. Should a living one have taken its place meanwhile, that one is put back. */
function clearAway(file: string, dead: string): void {
  const aside = `${file}.aside.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readOrNull(aside) !== dead) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function isAlive(owner: Owner): boolean {
  if (owner.pid === process.pid) return false; // a container's process 1 finds the lock of the process 1 before it
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
  }
  return owner.began === null || owner.began === beganAt(owner.pid);
}

/** Field 22 of /proc/<pid>/stat, counted after the name, which may contain spaces. Linux only. */
function beganAt(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function parseOwner(text: string): Owner | null {
  try {
    const owner: Owner = JSON.parse(text);
    return Number.isInteger(owner.pid) ? owner : null;
  } catch {
    return null; // no lock of ours
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
