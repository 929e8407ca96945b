// What production depends on: licences that let anybody use Parley, and a reason for each package in the manual.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
}

const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

/** Permissive ones: they ask to be named, and nothing of whoever uses Parley. */
const PERMISSIVE =
  /^\(?(MIT|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)\b/;

describe('the packages of production', () => {
  it('have permissive licences', () => {
    const others = Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && !dev)
      .filter(([, { license }]) => !PERMISSIVE.test(license ?? ''))
      .map(([path, { license }]) => `${path}: ${license}`);
    expect(others).toEqual([]);
  });

  it('are pinned, and come from nowhere in particular', () => {
    expect(Object.entries(dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('are each named in the manual, with a reason', () => {
    const table = read('docs/security.md').split('## What production depends on')[1] ?? '';
    const scopes: Record<string, string> = {
      '@mikro-orm': 'mikro-orm',
      '@nestjs': 'nestjs',
      '@escape.tech': 'graphql-armor',
    };
    const unnamed = Object.keys(dependencies).filter((name) => {
      const [scope = '', rest = ''] = name.startsWith('@') ? name.split('/') : ['', name];
      return (
        !table.includes(name) &&
        !(scopes[scope] && table.includes(scope) && table.includes(rest.split('-').at(-1) ?? rest))
      );
    });
    expect(unnamed).toEqual([]);
  });
});
