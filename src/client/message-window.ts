// How Apollo's cache joins pages of messages: one window without holes, in seq order, each message once.
import type { FieldMergeFunction, Reference } from '@apollo/client';

export interface StoredPageInfo {
  startCursor?: string | null;
  endCursor?: string | null;
  hasNextPage?: boolean;
  hasPreviousPage?: boolean;
}

export interface StoredEdge {
  __typename?: string;
  cursor?: string;
  node: Reference;
}

/** A connection as the cache stores it. What nobody has asked for is absent. */
export interface StoredConnection {
  __typename?: string;
  nodes?: readonly Reference[];
  edges?: readonly StoredEdge[];
  pageInfo?: StoredPageInfo;
  totalCount?: number;
  streamCursor?: string;
  /** The newest that a stream has told of, whether it had a place here or not: of the cache alone. */
  heardSeq?: number;
}

type Cursors = { after?: string | null; before?: string | null } | null;
export type SeqOf = (message: Reference) => number | undefined;
export type CursorOf = (message: Reference) => string | undefined;

/**
 * A page that touches the window widens it; one that does not begins a new window, for a list with a hole in it would be
 * a lie. Messages are placed by `seq`: select it. A stream that adds to the window's end must begin after its
 * `streamCursor`: that of the oldest page in it, so that what happened to any of its messages since then is heard.
 */
export const mergeMessages: FieldMergeFunction<StoredConnection, StoredConnection> = (
  existing,
  incoming,
  { args, readField },
) => {
  const seqOf: SeqOf = (message) => readField<number>('seq', message);
  return heard(joined(existing, incoming, args, seqOf), existing?.heardSeq, seqOf);
};

function joined(
  existing: StoredConnection | undefined,
  incoming: StoredConnection,
  args: Cursors,
  seqOf: SeqOf,
): StoredConnection {
  const old = existing && span(existing, seqOf);
  const fresh = span(incoming, seqOf);
  if (!existing || !old) return incoming;
  if (!fresh && followsOn(existing, args)) return { ...existing, pageInfo: edgeOf(existing, incoming, args) };
  // Nothing had been said when it was read, and what was said stays, even deleted: so all there is has come since.
  if (!fresh) return args?.after || args?.before ? incoming : existing;

  const overlaps = fresh.from <= old.to && fresh.to >= old.from;
  if (!overlaps && !followsOn(existing, args)) return incoming;
  const startsWith = fresh.from <= old.from ? incoming : existing;
  const endsWith = fresh.to >= old.to ? incoming : existing;
  return {
    ...existing,
    ...incoming,
    ...((existing.nodes || incoming.nodes) && { nodes: inOrder([...nodesOf(existing), ...nodesOf(incoming)], seqOf) }),
    ...(incoming.edges && {
      edges: inOrder([...(existing.edges ?? []), ...incoming.edges], ({ node }) => seqOf(node)),
    }),
    pageInfo: {
      ...incoming.pageInfo,
      startCursor: startsWith.pageInfo?.startCursor,
      hasPreviousPage: startsWith.pageInfo?.hasPreviousPage,
      endCursor: endsWith.pageInfo?.endCursor,
      hasNextPage: endsWith.pageInfo?.hasNextPage,
    },
    streamCursor: startsWith === incoming && endsWith === incoming ? incoming.streamCursor : existing.streamCursor,
  };
}

/** A page may have been read before what the stream has told meanwhile: then there is more after it, whatever it says. */
function heard(window: StoredConnection, heardSeq: number | undefined, seqOf: SeqOf): StoredConnection {
  if (heardSeq === undefined) return window;
  const isBehind = heardSeq > (span(window, seqOf)?.to ?? 0);
  return { ...window, heardSeq, ...(isBehind && { pageInfo: { ...window.pageInfo, hasNextPage: true } }) };
}

/** Keeps `most` messages and forgets the others, from one end of the window: they are there to be asked for again. */
export function cut(
  window: StoredConnection,
  most: number,
  from: 'oldest' | 'newest',
  cursorOf: CursorOf,
): StoredConnection {
  const kept = <T>(entries: readonly T[]) => (from === 'oldest' ? entries.slice(-most) : entries.slice(0, most));
  const messages = nodesOf(window);
  if (messages.length <= most) return window;
  const [first, last] = [kept(messages)[0], kept(messages).at(-1)];
  return {
    ...window,
    ...(window.nodes && { nodes: kept(window.nodes) }),
    ...(window.edges && { edges: kept(window.edges) }),
    pageInfo: {
      ...window.pageInfo,
      ...(from === 'oldest'
        ? { hasPreviousPage: true, startCursor: first && cursorOf(first) }
        : { hasNextPage: true, endCursor: last && cursorOf(last) }),
    },
  };
}

function nodesOf({ nodes, edges }: StoredConnection): readonly Reference[] {
  return nodes ?? edges?.map(({ node }) => node) ?? [];
}

function span(page: StoredConnection, seqOf: SeqOf): { from: number; to: number } | undefined {
  const messages = nodesOf(page);
  const [first, last] = [messages[0], messages.at(-1)].map((message) => message && seqOf(message));
  return first === undefined || last === undefined ? undefined : { from: first, to: last };
}

/** Was the page asked for from one of the window's ends? */
function followsOn({ pageInfo }: StoredConnection, args: Cursors): boolean {
  if (args?.after) return args.after === pageInfo?.endCursor;
  if (args?.before) return args.before === pageInfo?.startCursor;
  return false;
}

/** An empty page only tells that there is no more on its side. */
function edgeOf(existing: StoredConnection, incoming: StoredConnection, args: Cursors): StoredPageInfo {
  const side = args?.after
    ? { hasNextPage: incoming.pageInfo?.hasNextPage }
    : { hasPreviousPage: incoming.pageInfo?.hasPreviousPage };
  return { ...existing.pageInfo, ...side };
}

/** The later of two entries for one seq wins. */
function inOrder<T>(entries: T[], seqOf: (entry: T) => number | undefined): T[] {
  const bySeq = new Map(entries.map((entry) => [seqOf(entry) ?? 0, entry]));
  return [...bySeq].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}
