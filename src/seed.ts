// Ada, Bob, Cleo, two rooms and some history, made through the services: something to play with.
import type { INestApplicationContext } from '@nestjs/common';
import { AuthService } from './auth/auth.service.js';
import type { Settings } from './config/config.js';
import { type Context, Loaders } from './core/context.js';
import { Viewer } from './core/viewer.js';
import { Database } from './database/database.js';
import { MessagesService } from './messages/messages.service.js';
import { RoomKind } from './rooms/room.model.js';
import { RoomsService } from './rooms/rooms.service.js';
import { fillRoom } from './seed-large.js';
import { UsersService } from './users/users.service.js';

const PASSWORD = 'parley-demo';

const PEOPLE = [
  { username: 'ada', displayName: 'Ada', password: PASSWORD },
  { username: 'bob', displayName: 'Bob', password: PASSWORD },
  { username: 'cleo', displayName: 'Cleo', password: PASSWORD },
];

type Who = 'ada' | 'bob' | 'cleo';

const GARDEN: [Who, string][] = [
  ['ada', 'Good morning! The tomatoes are finally turning red 🍅'],
  ['bob', 'At last. I had given up on them after the hail.'],
  ['cleo', 'I can bring the big basket on Saturday. Who else is coming?'],
  ['ada', 'Me, from ten. And please, somebody who knows what to do about the slugs.'],
  ['bob', 'Beer traps. The slugs like it, and what is left over is for the gardeners.'],
  ['cleo', '😄 Saturday at ten, then.'],
];

const WORKSHOP: [Who, string][] = [
  ['bob', 'The new lathe has arrived. It is heavier than the door is wide.'],
  ['ada', 'Did you measure the door before you ordered it?'],
  ['bob', 'I measured the lathe.'],
];

/** The people that the sign-in page offers: made here if the embedded database is empty, none on a real one. */
export async function seedDemo(app: INestApplicationContext, settings: Settings): Promise<typeof PEOPLE> {
  if (!settings.demo || settings.databaseUrl) return [];
  await seed(app);
  return PEOPLE;
}

/** False where Ada lives already: nothing is changed then. */
export async function seed(app: INestApplicationContext): Promise<boolean> {
  const auth = app.get(AuthService);
  const rooms = app.get(RoomsService);
  const messages = app.get(MessagesService);
  if (await app.get(UsersService).passwordHash('ada')) return false;

  const viewers = new Map<Who, Viewer>();
  for (const person of PEOPLE) viewers.set(person.username as Who, await auth.signUp(nobody(), person));
  const of = (who: Who): Viewer => {
    const viewer = viewers.get(who);
    if (!viewer) throw new Error(`${who} was not made`);
    return viewer;
  };
  const say = async (roomId: string, lines: [Who, string][]) => {
    for (const [who, content] of lines) await messages.send(of(who), { roomId, content });
  };

  const garden = await rooms.create(of('ada'), {
    kind: RoomKind.PUBLIC,
    name: 'Garden',
    topic: 'Tomatoes, slugs and Saturday mornings',
    memberIds: [of('bob').userId, of('cleo').userId],
  });
  await say(garden.id, GARDEN);
  const workshop = await rooms.create(of('bob'), {
    kind: RoomKind.PRIVATE,
    name: 'Workshop',
    topic: 'For members only',
    memberIds: [of('ada').userId],
  });
  await say(workshop.id, WORKSHOP);
  return true;
}

/** A room at size, with Ada as its owner; she must live here. False where it is already. */
export async function seedLarge(app: INestApplicationContext): Promise<boolean> {
  const users = app.get(UsersService);
  const ada = await users.passwordHash('ada');
  if (!ada?.passwordHash) throw new Error('Ada does not live here yet');
  if (await users.passwordHash('guest-001')) return false;
  const viewer = new Viewer(ada.userId, '', new Date());
  const square = { kind: RoomKind.PUBLIC, name: 'Town square', topic: 'Everyone at once' };
  const room = await app.get(RoomsService).create(viewer, square);
  await fillRoom(app.get(Database), room.id, ada.passwordHash);
  return true;
}

/** A caller without a browser: the session that signing up starts is nobody's, and is forgotten. */
const nobody = (): Context => ({
  door: 'http',
  viewer: null,
  client: { address: 'seed', userAgent: 'seed' },
  setSessionToken: () => {},
  loaders: new Loaders(),
});
