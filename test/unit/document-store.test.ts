// A text is parsed once, whichever door it comes through first.
import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import type { GraphQLSchemaHost } from '@nestjs/graphql';
import { buildSchema, parse } from 'graphql';
import { readSettings } from '../../src/config/config.js';
import { DocumentStore } from '../../src/gateway/document-store.js';
import { Documents } from '../../src/gateway/documents.js';

const schema = buildSchema('type Query { hello: String, again: String }');

function doors() {
  const store = new DocumentStore();
  const socket = new Documents({ schema } as GraphQLSchemaHost, store, readSettings({}).settings);
  const parsed: string[] = [];
  const http = new ApolloServer({
    schema,
    documentStore: store,
    plugins: [{ requestDidStart: async () => ({ parsingDidStart: async ({ source }) => void parsed.push(source) }) }],
  });
  return { store, socket, http, parsed };
}

describe('the documents of both doors', () => {
  it('are parsed once per text', async () => {
    const { socket, http, parsed } = doors();
    for (let n = 0; n < 3; n += 1) await http.executeOperation({ query: '{ hello }' });
    await http.executeOperation({ query: '{ again }' });
    expect(parsed).toEqual(['{ hello }', '{ again }']);
    const checked = socket.check('{ hello again }', null);
    expect(checked).toHaveProperty('document');
    expect(socket.check('{ hello again }', null)).toHaveProperty(
      'document',
      (checked as { document: object }).document,
    );
  });

  it('are shared between them', async () => {
    const { socket, http, parsed, store } = doors();
    expect(socket.check('{ hello }', null)).toHaveProperty('document', store.find('{ hello }'));
    await http.executeOperation({ query: '{ hello }' });
    expect(parsed).toEqual([]);
    await http.executeOperation({ query: '{ again }' });
    expect(socket.check('{ again }', null)).toHaveProperty('document', store.find('{ again }'));
  });

  it('are not kept when they are not valid', () => {
    const { socket, store } = doors();
    for (const text of ['{ hello', '{ goodbye }']) {
      expect(socket.check(text, null)).toHaveProperty('errors');
      expect(store.find(text)).toBeUndefined();
    }
  });

  it('take no more memory than they may, however many texts there are', () => {
    const { store } = doors();
    const text = (n: number) => `{ ${'hello '.repeat(900)}} # ${n}`;
    for (let n = 0; n < 100; n += 1) store.keep(text(n), parse(text(n)));
    expect(store.find(text(0))).toBeUndefined();
    expect(store.find(text(99))).toBeDefined();
  });
});
