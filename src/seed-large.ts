// A room at size, to try things in: 200 people, 10,000 messages, threads and reactions, in seconds. It is the one place that
// writes into tables without their services: the rows, events included, are those that the services would have written,
// only a thousand at a time. Nobody is told of them, and the people are not in the lobby.
import { sql } from 'kysely';
import { newId } from './core/ids.js';
import type { Database, Unit } from './database/database.js';

export const PEOPLE = 200;
export const MESSAGES = 10_000;
const DAYS = 30; // that they talk for, up to now
const AT_ONCE = 1_000; // rows in a statement: each ends long before its time

const NAMES = 'Alma Bela Ciro Dana Edo Fina Gil Hana Ivo Juna Kai Lea Milo Nora Ole Pia Quin Rosa Sami Tova'.split(' ');
const WORDS =
  'tomato basket slug hail lathe door morning saturday rain seed spade fence compost bean ladder kettle bench late early red green heavy ripe again never often maybe'.split(
    ' ',
  );
const EMOJIS = ['👍', '❤️', '🎉', '🍅', '😄', '🐌'];

interface Person {
  readonly id: string;
  readonly membershipId: string;
}

/** Whoever seeds twice gets the same room. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** The rows of a room, in the order of its log. */
class Story {
  readonly messages: object[] = [];
  readonly reactions: object[] = [];
  readonly events: object[] = [];
  private readonly roll = dice(7);
  private readonly begun = Date.now() - DAYS * 86_400_000;
  private readonly mainLine: string[] = [];

  constructor(
    private readonly roomId: string,
    private seq: number,
  ) {}

  get lastSeq(): number {
    return this.seq;
  }

  join({ id, membershipId }: Person): void {
    this.happen('MemberJoined', id, 0, { membership_id: membershipId });
  }

  say(author: Person, n: number): string {
    const id = newId();
    const replies = this.mainLine.length > 0 && this.roll(6) === 0;
    const parent = replies ? (this.mainLine.at(-1 - this.roll(Math.min(20, this.mainLine.length))) ?? null) : null;
    const { seq, at } = this.happen('MessageSent', author.id, n, { message_id: id });
    const content = Array.from({ length: 3 + this.roll(25) }, () => WORDS[this.roll(WORDS.length)]).join(' ');
    const [room_id, author_id, created_at] = [this.roomId, author.id, at];
    this.messages.push({ id, room_id, seq, author_id, content, created_at, version: 1, parent_id: parent });
    if (parent === null) this.mainLine.push(id);
    return id;
  }

  react(person: Person, message: string, n: number): void {
    const detail = EMOJIS[this.roll(EMOJIS.length)] as string;
    const { seq } = this.happen('ReactionAdded', person.id, n, { message_id: message, detail });
    this.reactions.push({ message_id: message, user_id: person.id, emoji: detail, seq });
  }

  oneOf<T>(all: readonly T[]): T {
    return all[this.roll(all.length)] as T;
  }

  /** Some of the others, each once, and none of them most of the time. */
  someOf<T>(all: readonly T[]): T[] {
    const count = this.roll(4) === 0 ? 1 + this.roll(5) : 0;
    return [...new Set(Array.from({ length: count }, () => this.oneOf(all)))];
  }

  /** `n` tells how far the talk has come. */
  private happen(kind: string, actorId: string, n: number, refers: object): { seq: number; at: string } {
    this.seq += 1;
    const at = new Date(this.begun + (n / MESSAGES) * DAYS * 86_400_000).toISOString();
    this.events.push({ room_id: this.roomId, seq: this.seq, kind, actor_id: actorId, at, ...refers });
    return { seq: this.seq, at };
  }
}

/** Fills a room that has just been made. All the people have the same password: its hash is given. */
export async function fillRoom(database: Database, roomId: string, passwordHash: string): Promise<void> {
  const people = Array.from({ length: PEOPLE }, () => ({ id: newId(), membershipId: newId() }));
  await database.write(async (unit) => {
    const [room] = await unit.query(sql<{ last_seq: number }>`
      select last_seq from rooms where id = ${roomId} for no key update`);
    const story = tell(roomId, room?.last_seq ?? 0, people);
    await insert(unit, 'users (id, username, display_name, password_hash)', 'uuid, text, text, text', [
      ...people.map(({ id }, n) => ({ id, ...nameOf(n), password_hash: passwordHash })),
    ]);
    await insert(unit, 'memberships (id, room_id, user_id, role)', 'uuid, uuid, uuid, int2', [
      ...people.map(({ id, membershipId }) => ({ id: membershipId, room_id: roomId, user_id: id, role: 2 })),
    ]);
    await insert(
      unit,
      'messages (id, room_id, seq, author_id, content, created_at, version, parent_id)',
      'uuid, uuid, int, uuid, text, timestamptz, int, uuid',
      story.messages,
    );
    await insert(unit, 'message_reactions (message_id, user_id, emoji, seq)', 'uuid, uuid, text, int', story.reactions);
    await insert(
      unit,
      'room_events (room_id, seq, kind, actor_id, at, message_id, membership_id, detail)',
      'uuid, int, text, uuid, timestamptz, uuid, uuid, text',
      story.events,
    );
    await unit.query(sql`
      update rooms set last_seq = ${story.lastSeq}, active_at = clock_timestamp() where id = ${roomId}`);
  });
}

function tell(roomId: string, afterSeq: number, people: readonly Person[]): Story {
  const story = new Story(roomId, afterSeq);
  for (const person of people) story.join(person);
  for (let n = 1; n <= MESSAGES; n += 1) {
    const message = story.say(story.oneOf(people), n);
    for (const person of story.someOf(people)) story.react(person, message, n);
  }
  return story;
}

const nameOf = (n: number) => {
  const name = `${NAMES[n % NAMES.length]} ${String.fromCharCode(65 + Math.floor(n / NAMES.length))}.`;
  return { username: `guest-${String(n + 1).padStart(3, '0')}`, display_name: name };
};

/** `into` names the columns, `types` theirs, in the same order. */
async function insert(unit: Unit, into: string, types: string, rows: readonly object[]): Promise<void> {
  const names = /\((.*)\)/.exec(into)?.[1]?.split(', ') ?? [];
  const record = types
    .split(', ')
    .map((type, at) => `${names[at]} ${type}`)
    .join(', ');
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = JSON.stringify(rows.slice(from, from + AT_ONCE));
    await unit.query(sql`
      insert into ${sql.raw(into)} select * from json_to_recordset(${some}::text::json) as (${sql.raw(record)})`);
  }
}
