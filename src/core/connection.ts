// Relay connections: reading `first`, `after`, `last`, `before`, and putting a page together.
import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { badInput } from './errors.js';

export const PAGE_MAX = 100; // rows; a page of 100 with authors stays under 100 kB for everyday messages
export const PAGE_DEFAULT = 50; // rows; two screens of a phone

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, counted from the start or from `after`: 1 to 100. Default 50.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor: the page begins right after it.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many, counted back from the end or from `before`: 1 to 100. Default 50.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor: the page ends right before it.' })
  before?: string | null;
}

/** A page as it was asked for. `backward` counts from the end; the rows are told in ascending order all the same. */
export interface PageRequest {
  readonly backward: boolean;
  readonly limit: number;
  /** The cursor that the page stands at: `after` of a forward page, `before` of a backward one. */
  readonly cursor: string | null;
  readonly cursorField: 'after' | 'before';
}

/** `first` with optional `after`, or `last` with optional `before`. Without any, `whenSilent` says which end is meant. */
export function readPage(args: PageArgs, whenSilent: 'first' | 'last' = 'first'): PageRequest {
  const first = args.first ?? null;
  const last = args.last ?? null;
  const after = args.after ?? null;
  const before = args.before ?? null;
  if (first !== null && last !== null) throw badInput('last', 'Ask for `first` or for `last`, not for both.');
  if (after !== null && before !== null) throw badInput('before', 'Ask for a page `after` or `before`, not both.');
  if (first !== null && before !== null)
    throw badInput('before', '`first` goes with `after`; use `last` with `before`.');
  if (last !== null && after !== null) throw badInput('after', '`last` goes with `before`; use `first` with `after`.');

  const silent = first === null && last === null && after === null && before === null;
  const backward = silent ? whenSilent === 'last' : last !== null || before !== null;
  const field = backward ? 'last' : 'first';
  const limit = (backward ? last : first) ?? PAGE_DEFAULT;
  if (limit < 1 || limit > PAGE_MAX) {
    throw badInput(field, `\`${field}\` must be 1 to ${PAGE_MAX}.`, limit < 1 ? 1 : PAGE_MAX);
  }
  return { backward, limit, cursor: backward ? before : after, cursorField: backward ? 'before' : 'after' };
}

@ObjectType({ description: 'Where a page stands in its list. Both flags are exact.' })
export class PageInfo {
  @Field({ description: 'Something follows the last row of this page.' })
  hasNextPage!: boolean;

  @Field({ description: 'Something stands before the first row of this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null when the page is empty.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null when the page is empty.' })
  endCursor!: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
}

export function edgeType<T>(node: () => Type<T>, name: string): Type<Edge<T>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list, with its place.` })
  class NodeEdge implements Edge<T> {
    @Field({ description: 'Its place in this list, for `after` and `before`.' })
    cursor!: string;

    @Field(node)
    node!: T;
  }
  return NodeEdge;
}

/** The base of a connection type; a subclass decorated with `@ObjectType` gives it its name. */
export function connectionType<T>(node: () => Type<T>, name: string): Type<Connection<T>> {
  const NodeEdge = edgeType(node, name);

  @ObjectType({ isAbstract: true })
  class NodeConnection implements Connection<T> {
    @Field(() => [NodeEdge])
    edges!: Edge<T>[];

    @Field(() => [node()], { description: 'The same rows without their cursors.' })
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return NodeConnection;
}

/**
 * Rows as they were read — one more than the limit, in the direction of reading — made into a page in ascending order.
 * `otherSide` tells whether anything stands on the side of the page that the reading came from.
 */
export function toConnection<Row, T>(
  page: PageRequest,
  rows: readonly Row[],
  otherSide: boolean,
  edgeOf: (row: Row) => Edge<T>,
): Connection<T> {
  const more = rows.length > page.limit;
  const edges = rows.slice(0, page.limit).map(edgeOf);
  if (page.backward) edges.reverse();
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.backward ? otherSide : more,
      hasPreviousPage: page.backward ? more : otherSide,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

// ── Lists that are not ordered by seq (rooms, members) have opaque cursors of their own: the sort keys of a row. ──────

export function encodeKeys(list: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');
}

export function decodeKeys(list: string, count: number, page: PageRequest): string[] | null {
  if (page.cursor === null) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(page.cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === count + 1 && parsed.every((key) => typeof key === 'string')) {
      const [name, ...keys] = parsed as string[];
      if (name === list && !keys.some((key) => key.includes('\0') || !key.isWellFormed())) return keys;
    }
  } catch {
    // Not JSON: told below, like every other cursor that is not one of this list.
  }
  throw badInput(page.cursorField, `\`${page.cursorField}\` is not a cursor of this list.`);
}

/** Whether a key of a cursor is a moment, as the cursor was made with. */
export const isMoment = (key: string): boolean => !Number.isNaN(Date.parse(key)) && new Date(key).toISOString() === key;
