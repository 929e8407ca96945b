// GraphQL over HTTP, as its specification says: the audits that its working group keeps, each one passed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { House } from '../support/house.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

/** A GET needs what no form and no image can send: the specification leaves room for it, the audits know nothing of it. */
const fetchFn: typeof fetch = (input, init = {}) =>
  fetch(input, { ...init, headers: { 'apollo-require-preflight': 'true', ...init.headers } });
const audits = serverAudits({ url: () => `${house.url}/graphql`, fetchFn });

describe('the HTTP door', () => {
  it('is audited in full', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_, { fn }) => {
    const result = await fn();
    const shown = result.status === 'ok' ? {} : { reason: result.reason, answer: await result.response.text() };
    expect({ status: result.status, ...shown }).toEqual({ status: 'ok' });
  });
});
