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
      return forward(operation).pipe(map((result) => ({ ...result, data: freshen(result.data, known) })));
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

/** A copy, down to the messages. */
function freshen<Value>(value: Value, known: Known): Value {
  if (Array.isArray(value)) return value.map((item) => freshen(item, known)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, freshen(field, known)]);
  const copy = Object.fromEntries(fields) as Partial<Versioned> & { __typename?: string; id?: string };
  if (copy.__typename !== 'Message' || copy.id === undefined || copy.version === undefined) return copy as Value;
  const newest = known(copy.id);
  if (!newest || newest.version <= copy.version) return copy as Value;
  for (const name of ['version', 'content', 'editedAt', 'deletedAt'] as const) {
    if (name in copy) Object.assign(copy, { [name]: newest[name] });
  }
  return copy as Value;
}
