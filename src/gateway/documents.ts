// Documents that come over the socket: parsed and validated once per text, by the same rules as over HTTP.
import { Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type DocumentNode, GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { Settings } from '../config/config.js';
import { ErrorCode } from '../core/errors.js';
import { DocumentStore } from './document-store.js';
import { parseFailed, validationFailed } from './errors.js';
import { MAX_TOKENS, validationRules } from './limits.js';

type Checked = { document: DocumentNode } | { errors: GraphQLError[] };

@Injectable()
export class Documents {
  private readonly rules;

  constructor(
    private readonly host: GraphQLSchemaHost,
    private readonly store: DocumentStore,
    settings: Settings,
  ) {
    this.rules = [...specifiedRules, ...validationRules(settings)];
  }

  check(text: string, operationName: string | null | undefined): Checked {
    const known = this.store.find(text);
    const checked = known ? { document: known } : this.parseAndValidate(text);
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
    if (errors.length > 0) return { errors: errors.map(validationFailed) };
    this.store.keep(text, document);
    return { document };
  }
}
