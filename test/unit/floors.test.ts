// Imports go down the stairs, never up, never in a circle. A line that climbs is named.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

const FLOORS: Record<string, number> = {
  core: 0,
  config: 0,
  bus: 1,
  database: 1,
  users: 2,
  health: 2,
  auth: 3,
  rooms: 4,
  messages: 5,
  presence: 5,
  gateway: 6,
};
const ROOF = 7;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file));
const roomOf = (file: string): string => (file.includes('/') ? (file.split('/', 1)[0] ?? '') : '');
const floorOf = (file: string): number => (file.includes('/') ? (FLOORS[roomOf(file)] ?? Number.NaN) : ROOF);

interface Arrow {
  from: string;
  to: string;
}

/** The files of ours that a file imports, types included. */
function importsOf(file: string): Arrow[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier]) => specifier ?? '');
  return specifiers
    .map((specifier) => relative(SRC, normalize(join(SRC, dirname(file), specifier.replace(/\.js$/, '.ts')))))
    .filter((to) => !to.startsWith('..'))
    .map((to) => ({ from: file, to }));
}

const arrows = files.flatMap(importsOf);
const server = arrows.filter(({ from }) => roomOf(from) !== 'client');

describe('the house', () => {
  it('has a floor for every room', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== '' && room !== 'client'));
    expect([...rooms].filter((room) => !(room in FLOORS))).toEqual([]);
  });

  it('has stairs that only go down', () => {
    const climbing = server.filter(({ from, to }) => floorOf(to) > floorOf(from));
    expect(climbing.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has no door between two rooms of one floor, except on the ground', () => {
    const across = server.filter(
      ({ from, to }) => floorOf(from) === floorOf(to) && roomOf(from) !== roomOf(to) && floorOf(from) > 0,
    );
    expect(across.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has a client that knows nothing of the server, nor the server of it', () => {
    const crossing = arrows.filter(({ from, to }) => (roomOf(from) === 'client') !== (roomOf(to) === 'client'));
    expect(crossing.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has no circle', () => {
    const next = Map.groupBy(arrows, ({ from }) => from);
    const done = new Set<string>();
    const circle = (file: string, path: string[]): string[] | null => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return null;
      for (const { to } of next.get(file) ?? []) {
        const found = circle(to, [...path, file]);
        if (found) return found;
      }
      done.add(file);
      return null;
    };
    expect(files.map((file) => circle(file, [])).filter(Boolean)).toEqual([]);
  });

  it('reads its settings in one place', () => {
    const readers = files.filter((file) => readFileSync(join(SRC, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config/config.ts']);
  });

  it('says in the first line of each file what it is for', () => {
    const silent = files.filter(
      (file) => !file.endsWith('generated.ts') && !/^(\/\/|\/\*\*?) \S/.test(readFileSync(join(SRC, file), 'utf8')),
    );
    expect(silent).toEqual([]);
  });
});
