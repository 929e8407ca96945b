// What often happens costs few statements: a page of history two, what is unread in a hundred rooms one, a session that
// was just looked up none.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { SessionsService } from '../../src/auth/sessions.service.js';
import { Tokens } from '../../src/auth/tokens.js';
import { MemoryEventBus } from '../../src/bus/event-bus.memory.js';
import { readSettings } from '../../src/config/config.js';
import { log } from '../../src/core/logging.js';
import { Viewer } from '../../src/core/viewer.js';
import { MessageLists } from '../../src/messages/message.lists.js';
import type { MessageConnection } from '../../src/messages/message.model.js';
import { MessagesService } from '../../src/messages/messages.service.js';
import { ReadStates } from '../../src/messages/read-states.service.js';
import { sendMessages } from '../../src/messages/send-message.sql.js';
import { RoomAccess } from '../../src/rooms/room-access.js';
import { UserLifecycle } from '../../src/users/user-lifecycle.js';
import { Sending } from '../support/sending.js';
import { until } from '../support/wait.js';

let here: Sending;
let ada: string;
beforeAll(async () => {
  log.level = 'silent';
  here = await Sending.open();
  ada = await here.person();
});
afterAll(() => here.close());

const viewerOf = (userId: string) => new Viewer(userId, randomUUID(), new Date(Date.now() + 60_000));

describe('a send', () => {
  it('reads no more of the past for whoever has said much, before statistics are known and after', async () => {
    const room = await here.room([ada]);
    await here.run(sql`
      insert into messages (id, room_id, seq, author_id, content, created_at, client_message_id, sent_hash)
      select gen_random_uuid(), ${room}, n, ${ada}, 'earlier', now(), 'earlier ' || n, '' from generate_series(1, 3000) n`);
    await here.run(sql`update rooms set last_seq = 3000 where id = ${room}`);
    const send = { roomId: room, authorId: ada, content: 'hello', parentId: null };
    const lookedAt = async (): Promise<number> => {
      const sends = Array.from({ length: 3 }, () => ({ ...send, id: randomUUID(), clientMessageId: randomUUID() }));
      const rows = await here.run(sql<{ 'QUERY PLAN': string }>`
        explain (analyze, costs off, timing off) ${sendMessages(sends, { skipLocked: true })}`);
      const removed = rows.map((row) => /Rows Removed by Filter: (\d+)/.exec(row['QUERY PLAN'])?.[1] ?? 0);
      return Math.max(...removed.map(Number));
    };
    expect(await lookedAt()).toBeLessThan(100);
    await here.run(sql`analyze messages`);
    expect(await lookedAt()).toBeLessThan(100);
  });
});

describe('a page of history', () => {
  const unused = undefined as never;
  const service = () =>
    new MessagesService(
      new RoomAccess(here.database),
      new MessageLists(here.database),
      unused,
      unused,
      unused,
      unused,
      unused,
    );
  const seqs = (page?: MessageConnection) => page?.nodes.map(({ seq }) => seq);

  it('takes two statements with access and authors, wherever it stands', async () => {
    const bob = await here.person();
    const room = await here.room([ada, bob]);
    for (let n = 0; n < 30; n += 1) await here.send(room, n % 2 ? ada : bob, `message ${n}`);
    const messages = service();
    const ask = async (args: object): Promise<MessageConnection> => {
      let page: MessageConnection | undefined;
      expect(
        await here.statementsOf(async () => {
          page = await messages.history(viewerOf(ada), room, args);
        }),
      ).toBe(2);
      return page as MessageConnection;
    };

    const newest = await ask({ last: 10 });
    expect(seqs(newest)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    expect(newest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(newest.nodes[0]?.author.id).toBe(bob);
    const before = await ask({ last: 25, before: newest.pageInfo.startCursor });
    expect(seqs(before)?.[0]).toBe(1);
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = await ask({ first: 5, after: before.pageInfo.endCursor });
    expect(seqs(after)).toEqual([21, 22, 23, 24, 25]);
    expect(after.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const end = await ask({ first: 5, after: newest.pageInfo.endCursor });
    expect(end).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: null } });
    const beginning = await ask({ last: 5, before: (await ask({ first: 1 })).pageInfo.startCursor });
    expect(beginning).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  });

  it('takes one for a stranger, and in a room where nothing was said it is empty', async () => {
    const room = await here.room([ada]);
    const messages = service();
    const asked = messages.history(viewerOf(await here.person()), room, {});
    await expect(asked).rejects.toHaveCode('NOT_FOUND');
    expect(await messages.history(viewerOf(ada), room, {})).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
  });
});

describe('what is unread', () => {
  it('takes one statement for a hundred rooms', async () => {
    const bob = await here.person();
    const rooms = await Promise.all(Array.from({ length: 100 }, () => here.room([ada, bob])));
    await Promise.all(rooms.slice(0, 60).map((room) => here.send(room, ada, 'hello')));
    const reads = new ReadStates(here.database, new MemoryEventBus(), new UserLifecycle());
    let states: unknown[] = [];
    expect(
      await here.statementsOf(async () => {
        states = await reads.of(viewerOf(bob), [...rooms, randomUUID()]);
      }),
    ).toBe(1);
    const unread = (states as ({ unreadCount: number } | null)[]).map((state) => state?.unreadCount);
    expect(unread).toEqual([...Array(60).fill(1), ...Array(40).fill(0), undefined]);
  });
});

describe('a session', () => {
  const bus = new MemoryEventBus();
  const sessions = (tokens = new Tokens(bus)) => new SessionsService(here.database, tokens, readSettings({}).settings);

  it('is looked up once a second, and refused as soon as it has ended, here or elsewhere', async () => {
    const hearing = new Tokens(bus);
    const [one, other] = [sessions(), sessions(hearing)];
    hearing.onApplicationBootstrap();
    const { token, viewer } = await here.database.write((unit) => one.start(unit, ada, 'a browser'));
    const lookUps = (service: SessionsService) =>
      Promise.all(Array.from({ length: 50 }, () => service.lookUp(token))).then(() => service.lookUp(token));
    expect(await here.statementsOf(() => lookUps(one))).toBe(1);
    expect(await here.statementsOf(() => lookUps(other))).toBe(1);
    expect(await one.lookUp(token)).toMatchObject({ userId: ada, sessionId: viewer.sessionId });

    await one.end(ada, [viewer.sessionId]);
    expect(await one.lookUp(token)).toBeNull();
    await until(
      'the other process to have heard of it',
      () => other.lookUp(token),
      (found) => found === null,
    );
    hearing.onApplicationShutdown();
  });

  it('is believed in for no longer than a second when nobody tells of its end', async () => {
    const [one, deaf] = [sessions(), sessions()];
    const { token, viewer } = await here.database.write((unit) => one.start(unit, ada, null));
    expect(await deaf.lookUp(token)).not.toBeNull();
    const ended = performance.now();
    await one.end(ada, [viewer.sessionId]);
    await until(
      'the session to be refused',
      () => deaf.lookUp(token),
      (found) => found === null,
    );
    expect(performance.now() - ended).toBeLessThan(2_000);
  });

  it('that does not exist is not asked for again and again either', async () => {
    const unknown = randomBytes(32).toString('base64url');
    const service = sessions();
    expect(
      await here.statementsOf(async () => {
        for (let n = 0; n < 10; n += 1) expect(await service.lookUp(unknown)).toBeNull();
      }),
    ).toBe(1);
  });
});
