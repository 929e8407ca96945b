// Ids are raw UUIDv7. They do not give an order: seq does.
import { randomUUIDv7 } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const newId = (): string => randomUUIDv7();

/** False for what cannot be an id of ours. Callers answer as for an id that does not exist, and never ask the database. */
export const isId = (text: string): boolean => UUID.test(text);
