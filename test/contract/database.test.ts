// The promises of a unit of work, on PGlite and on PostgreSQL alike.
import { afterEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { readSettings } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { Orm } from '../../src/database/orm.js';
import { entities } from '../../src/entities.js';
import { onServices, ownData } from '../support/house.js';
import { within } from '../support/wait.js';

describe(`a database on ${onServices ? 'PostgreSQL' : 'PGlite'}`, () => {
  let database: Database;
  let cleanUp: () => Promise<void>;
  afterEach(async () => {
    await database.close();
    await cleanUp();
  });
  const open = async (): Promise<void> => {
    const own = await ownData();
    cleanUp = own.cleanUp;
    const orm = await Orm.open(readSettings(own.environment).settings, entities);
    database = new Database(orm);
    await database.statement(sql`select 1`);
  };

  it('answers what was asked before it closed, and closes then', async () => {
    await open();
    const asked = [
      ...Array.from({ length: 20 }, (_, n) => database.statement(sql<{ n: number }>`select ${n}::int as n`)),
      database.write(async (unit) => {
        await unit.query(sql`select 1`);
        return database.read((inner) => inner.query(sql<{ n: number }>`select 20::int as n`));
      }),
    ];
    const closed = database.close();
    const answers = await within('the answers', Promise.all(asked));
    expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 21 }, (_, n) => n));
    await within('the end', closed);
  });

  it('refuses, in a way that allows to ask again elsewhere, what is asked after that', async () => {
    await open();
    const closed = database.close();
    await expect(database.statement(sql`select 1`)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(database.write((unit) => unit.query(sql`select 1`))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await closed;
  });
});
