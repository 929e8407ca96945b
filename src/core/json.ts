// JSON that gives dates back as dates. By the name of the field, never by the look of the text: a message may say
// "2026-01-01T00:00:00.000Z" and stays a message.

const isMoment = (key: string): boolean => key === 'at' || key === 'until' || key.endsWith('At');

export const toJson = (value: unknown): string => JSON.stringify(value);

export function fromJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  revive(value);
  return value;
}

/** In place. A function that `JSON.parse` calls for each value would take several times as long. */
function revive(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (typeof field === 'object') revive(field);
    else if (typeof field === 'string' && isMoment(key)) fields[key] = new Date(field);
  }
}
