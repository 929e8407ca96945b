// Kinds of settings: how their text is read, and what is said of one that is wrong: what it must be, then after a bar
// what to do instead.
import { z } from 'zod';

export const path = z.string().min(1, 'must not be empty');

/** A whole number between two bounds. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

export const flag = z.enum(['true', 'false'], 'must be "true" or "false"').transform((text) => text === 'true');

export const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `15m`, `30d`: a number without a unit has stopped too many servers for too long. */
export const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, 'must be a duration such as "500ms", "90s", "15m", "12h" or "30d"')
  .transform((text) => {
    const [, amount = '', unit = 'ms'] = /^(\d+)(\w+)$/.exec(text) ?? [];
    return Number(amount) * UNITS[unit as keyof typeof UNITS];
  });

/** An address of a service; its absence means the one named here. */
export const address = (name: string, ...schemes: string[]) =>
  z
    .string()
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), {
      error: () =>
        `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')} | Leave it out to use ${name}.`,
    })
    .transform((text): string | null => text);

export const origins = z.string().transform((text, check) => {
  const list = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  for (const origin of list) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      check.addIssue({
        code: 'custom',
        message: `must list whole origins such as "https://chat.example.org"; "${origin}" is not one`,
      });
    }
  }
  return list;
});

/** `5400000` is `90m` to whoever reads it. */
export function inLargestUnit(ms: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, size]) => ms >= size && ms % size === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** Written into SQL as it is: nothing but a name. */
export const searchConfiguration = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be the name of a text search configuration such as simple or english');
