// People, rooms and a past for our own server, made through its front door.
import { askParley, signUp } from './parley-door.ts';
import type { Furniture, Wanted } from './stage.ts';

const PAST_AT_ONCE = 16; // sends

export async function furnishParley(port: number, wanted: Wanted): Promise<Furniture> {
  const people: { cookie: string; id: string }[] = [];
  for (let n = 0; n < wanted.people; n++) people.push(await signUp(port, `person${n}`)); // hashing is slow on purpose
  const [owner] = people;
  if (!owner) throw new Error('A room needs an owner');

  const memberIds = people.slice(1).map((person) => person.id);
  const rooms: string[] = [];
  for (let n = 0; n < wanted.rooms; n++) {
    const { createRoom } = await askParley<{ createRoom: { id: string } }>(
      port,
      owner.cookie,
      'mutation Make($input: CreateRoomInput!) { createRoom(input: $input) { id } }',
      { input: { kind: 'PRIVATE', name: `Room ${n}`, memberIds } },
    );
    rooms.push(createRoom.id);
  }

  for (let sent = 0; sent < wanted.past; sent += PAST_AT_ONCE) {
    const size = Math.min(PAST_AT_ONCE, wanted.past - sent);
    await Promise.all(
      Array.from({ length: size }, (_, n) =>
        askParley(
          port,
          people[(sent + n) % people.length]?.cookie ?? null,
          'mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { id } }',
          { input: { roomId: rooms[0], content: 'A word in the garden. '.repeat(6) } },
        ),
      ),
    );
  }
  return { rooms, cookies: people.map((person) => person.cookie) };
}
