// Documents that come over the socket: parsed and validated once per text, by the same rules as over HTTP.
import { Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type DocumentNode, GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Settings } from '../config/config.js';
import { ErrorCode } from '../core/errors.js';
import { parseFailed, validationFailed } from './errors.js';
import { MAX_TOKENS, validationRules } from './limits.js';

const CACHE_SIZE = 1_000; // documents; a front end has some dozens

type Checked = { document: DocumentNode } | { errors: GraphQLError[] };

@Injectable()
export class Documents {
  private readonly cache = new LRUCache<string, Checked>({ max: CACHE_SIZE });
  private readonly rules;

  constructor(
    private readonly host: GraphQLSchemaHost,
    settings: Settings,
  ) {
    this.rules = [...specifiedRules, ...validationRules(settings)];
  }

  check(text: string, operationName: string | null | undefined): Checked {
    let checked = this.cache.get(text);
    if (!checked) {
      checked = this.parseAndValidate(text);
      this.cache.set(text, checked);
    }
    if ('errors' in checked || getOperationAST(checked.document, operationName)) return checked;
    // The words of the other door.
    const message = operationName
      ? `Unknown operation named "${operationName}".`
      : 'Must provide operation name if query contains multiple operations.';
    return { errors: [new GraphQLError(message, { extensions: { code: ErrorCode.GRAPHQL_VALIDATION_FAILED } })] };
  }

  private parseAndValidate(text: string): Checked {
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: MAX_TOKENS });
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [parseFailed(error)] };
      throw error;
    }
    const errors = validate(this.host.schema, document, this.rules);
    return errors.length > 0 ? { errors: errors.map(validationFailed) } : { document };
  }
}
