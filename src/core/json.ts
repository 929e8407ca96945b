// JSON that gives dates back as dates. By the name of the field, never by the look of the text: a message may say
// "2026-01-01T00:00:00.000Z" and stays a message.

const isMoment = (key: string): boolean => key === 'at' || key === 'until' || key.endsWith('At');

export const toJson = (value: unknown): string => JSON.stringify(value);

export const fromJson = (text: string): unknown =>
  JSON.parse(text, (key, value) => (typeof value === 'string' && isMoment(key) ? new Date(value) : value));
