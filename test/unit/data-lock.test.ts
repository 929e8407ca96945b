// One process per data directory.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataDirectoryInUse, DataLock } from '../../src/database/data-lock.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lockedBy = (owner: unknown) =>
  writeFileSync(join(directory, 'parley.lock'), typeof owner === 'string' ? owner : JSON.stringify(owner));
const owner = () => JSON.parse(readFileSync(join(directory, 'parley.lock'), 'utf8')) as { pid: number };

describe('a data lock', () => {
  it('is taken, let go, and leaves nothing behind', () => {
    const lock = DataLock.take(directory);
    expect(owner().pid).toBe(process.pid);
    expect(readdirSync(directory)).toEqual(['parley.lock']);
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of a living process is respected', () => {
    lockedBy({ pid: process.ppid, began: null });
    expect(() => DataLock.take(directory)).toThrow(DataDirectoryInUse);
    expect(owner().pid).toBe(process.ppid);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, began: null }],
    ['another process that now has the number', { pid: process.ppid, began: 'long ago' }],
    ['the process 1 of a container before this one', { pid: process.pid, began: 'before' }],
    ['nobody', 'rubbish'],
  ])('of %s is taken over', (_, dead) => {
    lockedBy(dead);
    DataLock.take(directory);
    expect(owner().pid).toBe(process.pid);
    expect(readdirSync(directory)).toEqual(['parley.lock']);
  });
});
