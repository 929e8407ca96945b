// What stands beside a page of messages costs one statement each, and only when it is asked for.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Loaders } from '../../src/core/context.js';
import { Viewer } from '../../src/core/viewer.js';
import { MessageLists } from '../../src/messages/message.lists.js';
import type { Message } from '../../src/messages/message.model.js';
import { ReactionLists } from '../../src/messages/reaction.lists.js';
import { ReactionGroupResolver, ReactionsResolver } from '../../src/messages/reactions.resolver.js';
import { ThreadLists } from '../../src/messages/thread.lists.js';
import { ThreadSummaryResolver } from '../../src/messages/threads.resolver.js';
import { Sending } from '../support/sending.js';

let here: Sending;
let ada: string;
let messages: Message[];
beforeAll(async () => {
  here = await Sending.open();
  ada = await here.person();
  const room = await here.room([ada]);
  const sent = await Promise.all(Array.from({ length: 50 }, (_, n) => here.send(room, ada, `message ${n}`)));
  await here.run(sql`
    insert into message_reactions (message_id, user_id, emoji, seq)
    select id, author_id, emoji, seq from messages cross join unnest(array['👍', '🎉']) as emoji`);
  messages = (await new MessageLists(here.database).byIds(sent.map(({ id }) => id))) as Message[];
});
afterAll(() => here.close());

const context = () => ({ loaders: new Loaders(), viewer: null, door: 'http', client: {} }) as never;

describe('a page of fifty messages', () => {
  it('loads its reactions in one statement, and what is one’s own among them in another', async () => {
    const lists = new ReactionLists(here.database);
    const resolver = new ReactionsResolver(undefined as never, lists);
    const groups = new ReactionGroupResolver(lists);
    const viewer = new Viewer(ada, randomUUID(), new Date());
    const asked = context();
    let own: boolean[] = [];
    const statements = await here.statementsOf(async () => {
      const reactions = await Promise.all(messages.map((message) => resolver.reactions(message, asked)));
      expect(reactions.map((each) => each.map(({ count }) => count))).toEqual(messages.map(() => [1, 1]));
      own = await Promise.all(reactions.flat().map((group) => groups.viewerReacted(viewer, group, asked)));
    });
    expect(statements).toBe(2);
    expect(own).toEqual(Array.from({ length: 100 }, () => true));
  });

  it('counts its threads in one', async () => {
    const threads = new ThreadSummaryResolver(undefined as never, new ThreadLists(here.database));
    const asked = context();
    const statements = await here.statementsOf(() =>
      Promise.all(
        messages.flatMap((first) => [threads.replyCount({ first }, asked), threads.lastReplyAt({ first }, asked)]),
      ),
    );
    expect(statements).toBe(1);
  });

  it('asks nothing for what came with an event', async () => {
    const resolver = new ReactionsResolver(undefined as never, new ReactionLists(here.database));
    const carried = { ...(messages[0] as Message), reactions: [] };
    expect(await here.statementsOf(async () => resolver.reactions(carried, context()))).toBe(0);
  });
});
