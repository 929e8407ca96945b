// The settings of a process, read once. The only reader of the environment.
import { CannotStart } from '../core/cannot-start.js';
import type { Definition } from './definition.js';
import { doorSettings } from './doors.settings.js';
import { duration, inLargestUnit } from './kinds.js';
import { placeSettings } from './place.settings.js';
import { talkSettings } from './talk.settings.js';

/** In the order of the manual. */
const definitionsFor = (inProduction: boolean) => ({
  ...placeSettings(inProduction),
  ...doorSettings(inProduction),
  ...talkSettings,
});

type Definitions = ReturnType<typeof definitionsFor>;
type Values = { readonly [Name in keyof Definitions]: Definitions[Name] extends Definition<infer T> ? T : never };

/** The settings of this process. A class, so that anything can ask for it by its type. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the fields are the table above, assigned in the constructor
export class Settings {
  constructor(values: Values) {
    Object.assign(this, values);
  }
}
export interface Settings extends Values {}

export interface SettingLine {
  readonly env: string;
  readonly value: string;
  readonly from: 'default' | 'environment';
  readonly about: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly lines: SettingLine[];
  readonly warnings: string[];
}

/** A wrong value: one sentence, and the process does not start. */
export class SettingError extends CannotStart {}

/** From the environment, or from what is given in its stead; `overrides` win over both. */
export function readSettings(given: NodeJS.ProcessEnv = process.env, overrides: NodeJS.ProcessEnv = {}): ReadSettings {
  const env = { ...given, ...overrides };
  const definitions = definitionsFor(env.NODE_ENV === 'production');
  const values: Record<string, unknown> = {};
  const lines: SettingLine[] = [];
  for (const [name, definition] of Object.entries(definitions) as [string, Definition<unknown>][]) {
    const text = env[definition.env];
    const isSet = text !== undefined && text !== '';
    values[name] = isSet ? parse(definition, text) : definition.fallback;
    lines.push({
      env: definition.env,
      value: definition.secret && isSet ? hidden(text) : show(definition, values[name]),
      from: isSet ? 'environment' : 'default',
      about: definition.about,
    });
  }
  const known = new Set(lines.map((line) => line.env));
  const warnings = Object.keys(env)
    .filter((key) => key.startsWith('PARLEY_') && !known.has(key))
    .map((key) => `${key} is not a setting of Parley. "npm run config" lists them all.`);
  return { settings: new Settings(values as Values), lines, warnings };
}

function parse(definition: Definition<unknown>, text: string): unknown {
  const result = definition.schema.safeParse(text);
  if (result.success) return result.data;
  const shown = definition.secret ? hidden(text) : text;
  const [expected, instead] = (result.error.issues[0]?.message ?? 'is wrong').split(' | ');
  throw new SettingError(`${definition.env} ${expected} but is "${shown}".${instead ? ` ${instead}` : ''}`);
}

/** What can be shown of an address: where it points, never who enters and how. */
export function hidden(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//***@').replace(/\?.*$/, '?***');
}

function show(definition: Definition<unknown>, value: unknown): string {
  if (value === null) return '';
  if (definition.schema === (duration as unknown)) return inLargestUnit(Number(value));
  return Array.isArray(value) ? value.join(',') : String(value);
}
