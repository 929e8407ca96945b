// Documents that have been parsed and found valid, by their text: one memory for both doors, which share their rules.
import { hash } from 'node:crypto';
import type { ApolloServerOptions } from '@apollo/server';
import { Injectable } from '@nestjs/common';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type Store = NonNullable<ApolloServerOptions<never>['documentStore']>;

const MAX_DOCUMENTS = 1_000; // a front end has some dozens
const MAX_BYTES = 33_554_432; // roughly; what a stranger who sends ever new documents can make us keep
const BYTES_PER_TOKEN = 600; // of a parsed document: the token, its node, and where both stand

@Injectable()
export class DocumentStore implements Store {
  private readonly known = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_BYTES,
    sizeCalculation: sizeOf,
  });

  find(text: string): DocumentNode | undefined {
    return this.known.get(hash('sha256', text));
  }

  keep(text: string, document: DocumentNode): void {
    this.known.set(hash('sha256', text), document);
  }

  // What Apollo asks. Its keys are the name of the schema, of which there is one, and the same hash.

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.known.get(hashIn(key));
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.known.set(hashIn(key), document);
  }

  async delete(key: string): Promise<boolean> {
    return this.known.delete(hashIn(key));
  }
}

const hashIn = (key: string): string => key.slice(key.lastIndexOf(':') + 1);

function sizeOf({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token = loc?.startToken ?? null; token; token = token.next) tokens += 1;
  return tokens * BYTES_PER_TOKEN + 2 * (loc?.source.body.length ?? 0) + 1;
}
