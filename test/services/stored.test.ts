// What somebody holds who gets a copy of the database: nothing to come in with.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import * as documents from '../support/documents.js';
import { type Guest, PASSWORD } from '../support/guest.js';
import { House } from '../support/house.js';

let house: House;
let ada: Guest;
let key: string;
beforeAll(async () => {
  house = await House.open();
  [ada] = await house.guests('ada');
  const { createAccessKey } = await ada.ask<{ createAccessKey: { secret: string } }>(documents.CREATE_KEY, {
    input: { label: 'bot', scope: 'READ' },
  });
  key = createAccessKey.secret;
});
afterAll(() => house.close());

/** Every row of every table, bytes in hexadecimal. */
async function copy(): Promise<string> {
  const client = new pg.Client(house.environment.DATABASE_URL ?? '');
  await client.connect();
  try {
    const tables = await client.query("select tablename from pg_tables where schemaname = 'public'");
    const texts = [];
    for (const { tablename } of tables.rows)
      texts.push(JSON.stringify((await client.query(`select to_jsonb(t) from "${tablename}" t`)).rows));
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

it('is hashes of tokens, and no token, key or password in any form', async () => {
  const token = ada.cookie.split('=')[1] ?? '';
  const stored = await copy();
  for (const secret of [token, key]) {
    expect(Buffer.from(secret.slice(-43), 'base64url')).toHaveLength(32); // 256 bits
    expect(stored).toContain(createHash('sha256').update(secret).digest('hex'));
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'base64url').toString('hex')])
      expect(stored).not.toContain(form);
  }
  for (const form of [PASSWORD, Buffer.from(PASSWORD).toString('hex'), Buffer.from(PASSWORD).toString('base64url')])
    expect(stored).not.toContain(form);
  expect(stored).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
