// A field whose resolver asks who is there must be marked, or a shared subscription would be told it in nobody's name.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));
const ASKS = /@(CurrentViewer|SignedInViewer|MaybeViewer)\(\)|\bviewer\b[^:\n]*\}: Context/;

/** Each field with its decorators and its parameters, up to its body. */
function fieldsIn(text: string): { name: string; head: string }[] {
  return text
    .split(/\n(?= {2}@)/)
    .reduce<string[]>((parts, part) => {
      const last = parts.at(-1);
      // Decorators that stand one under another belong to the same field.
      if (last !== undefined && !/\{\n/.test(last.replace(/\([\s\S]*?\n {2}\}\)/, '')))
        parts[parts.length - 1] = `${last}\n${part}`;
      else parts.push(part);
      return parts;
    }, [])
    .filter((part) => part.includes('@ResolveField('))
    .map((part) => {
      const head = part.slice(0, part.search(/\)(: [^{]*)? \{\n {4}/));
      return { name: /\n {2}(?:async )?(\w+)\(/.exec(part)?.[1] ?? part.slice(0, 60), head };
    });
}

const fields = globSync('**/*.resolver.ts', { cwd: SOURCE }).flatMap((file) =>
  fieldsIn(readFileSync(SOURCE + file, 'utf8')).map((field) => ({ ...field, where: `${file} ${field.name}` })),
);

describe('a field that depends on who asks', () => {
  it('is found where it stands', () => {
    const found = fields.filter(({ head }) => ASKS.test(head)).map(({ where }) => where);
    expect(found).toContain('rooms/rooms.resolver.ts viewerMembership');
    expect(found.length).toBeGreaterThan(5);
  });

  it('is marked', () => {
    const unmarked = fields.filter(({ head }) => ASKS.test(head) && !head.includes('@PerViewer()'));
    expect(unmarked.map(({ where }) => where)).toEqual([]);
  });
});
