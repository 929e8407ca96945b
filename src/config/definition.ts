// One setting, as it is defined: what it is called outside, how its text is read, what it is without one, and why.
import type { z } from 'zod';

export interface Definition<T> {
  readonly env: string;
  readonly schema: z.ZodType<T, string>;
  readonly fallback: T;
  readonly about: string;
  readonly secret?: boolean;
}

export const setting = <T>(env: string, schema: z.ZodType<T, string>, fallback: T, about: string): Definition<T> => ({
  env,
  schema,
  fallback,
  about,
});

/** Never shown. */
export const SECRET = { secret: true } as const;
