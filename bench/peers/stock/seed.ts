// People with sessions, rooms with members, and a past, straight into the tables of the stock server.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Furniture, Wanted } from '../../harness/stage.ts';

export async function seedStock(database: Client, wanted: Wanted): Promise<Furniture> {
  const people = Array.from({ length: wanted.people }, (_, n) => ({
    id: randomUUID(),
    name: `person${n}`,
    token: randomBytes(32).toString('base64url'),
  }));
  const rooms = Array.from({ length: wanted.rooms }, () => randomUUID());
  const ids = people.map((person) => person.id);

  await database.query(
    `insert into users (id, username, display_name) select id, name, initcap(name)
     from unnest($1::uuid[], $2::text[]) as person (id, name)`,
    [ids, people.map((person) => person.name)],
  );
  await database.query(
    `insert into sessions (id, token_hash, user_id, expires_at) select gen_random_uuid(), hash, id, now() + interval '1 day'
     from unnest($1::uuid[], $2::text[]) as person (id, hash)`,
    [ids, people.map((person) => createHash('sha256').update(person.token).digest('hex'))],
  );
  await database.query('insert into rooms (id, last_seq) select id, $2 from unnest($1::uuid[]) as room (id)', [
    rooms,
    wanted.past,
  ]);
  await database.query(
    `insert into memberships (id, room_id, user_id) select gen_random_uuid(), room, person
     from unnest($1::uuid[]) as room, unnest($2::uuid[]) as person`,
    [rooms, ids],
  );
  await database.query(
    `insert into messages (id, room_id, seq, author_id, content, created_at)
     select gen_random_uuid(), $1, n, ($2::uuid[])[1 + n % $3], repeat('A word in the garden. ', 6), now()
     from generate_series(1, $4::int) as n`,
    [rooms[0], ids, people.length, wanted.past],
  );
  await database.query('analyze');
  return { rooms, cookies: people.map((person) => `session=${person.token}`) };
}
