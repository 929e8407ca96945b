// Answers that were read before what the stream has told: an edit or a deletion may overtake a page that is on its way.
import { ApolloLink } from '@apollo/client';
import { parse } from 'graphql';
import { map } from 'rxjs';

/**
 * A link before the one that asks, for queries and mutations: where the cache knows a newer version of a message than the
 * answer shows, what the answer says of it is as in the cache. Without it an older page puts back what was edited or deleted
 * while it was on its way, until the room is read again.
 */
export class FreshMessagesLink extends ApolloLink {
  constructor() {
    super((operation, forward) => {
      const { cache } = operation.client;
      const known = (id: string) =>
        cache.readFragment<Versioned>({ id: cache.identify({ __typename: 'Message', id }), fragment: VERSIONED });
      return forward(operation).pipe(map((result) => freshen(result, known)));
    });
  }
}

/** What an edit or a deletion changes. */
interface Versioned {
  readonly version: number;
  readonly content: string | null;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
}

const VERSIONED = parse('fragment Versioned on Message { version content editedAt deletedAt }');

type Known = (id: string) => Versioned | null;

/** The very same where nothing in it is older. */
function freshen<Value>(value: Value, known: Known): Value {
  if (Array.isArray(value)) {
    const items = value.map((item) => freshen(item, known));
    return items.some((item, at) => item !== value[at]) ? (items as Value) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const changed: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const fresh = freshen(field, known);
    if (fresh !== field) changed[name] = fresh;
  }
  const { __typename, id, version } = value as Partial<Versioned> & { __typename?: string; id?: string };
  const newest = __typename === 'Message' && id !== undefined && version !== undefined ? known(id) : null;
  if (newest && version !== undefined && newest.version > version) {
    for (const name of CHANGED) if (name in value) changed[name] = newest[name];
  }
  return Object.keys(changed).length > 0 ? { ...value, ...changed } : value;
}

const CHANGED = ['version', 'content', 'editedAt', 'deletedAt'] as const;
