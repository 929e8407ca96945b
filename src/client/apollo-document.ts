// From the text of a document to what Apollo Client calls one: parsed once, typed the same.
import type { ApolloCache, OperationVariables, Reference, TypedDocumentNode } from '@apollo/client';
import { type DocumentNode, parse } from 'graphql';
import type { TypedDocument } from './generated.js';

const parsed = new Map<string, DocumentNode>();

/** `useQuery(documentNode(MessagesDocument), …)`: the same node for the same document, as Apollo Client wants it. */
export function documentNode<TData, TVariables extends OperationVariables>(
  document: TypedDocument<TData, TVariables>,
): TypedDocumentNode<TData, TVariables> {
  const text: string = document;
  const node = parsed.get(text) ?? parse(text);
  parsed.set(text, node);
  return node as TypedDocumentNode<TData, TVariables>;
}

/** Writes one object in the shape of its fragment, wherever the cache keeps it. */
export function writeParts<TData extends object>(
  cache: ApolloCache,
  document: TypedDocument<TData, never>,
  fragmentName: string,
  data: TData,
): Reference | undefined {
  return cache.writeFragment({ fragment: documentNode(document), fragmentName, data: data as never });
}
