// A page in Apollo Client shows the garden: pages of history join, and the stream keeps them as they are.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OperationTypeNode, parse } from 'graphql';
import type { Client } from 'graphql-ws';
import { of } from 'rxjs';
import {
  addMessage,
  createSocket,
  documentNode,
  type Following,
  FreshMessagesLink,
  followRoom,
  possibleTypes,
  ResumingWsLink,
  type RoomStreamItem,
  trimMessages,
  typePolicies,
} from '../../../src/client/apollo.js';
import {
  MessagePartsFragmentDoc,
  MessagesDocument,
  type MessagesQueryVariables,
  RoomMembersDocument,
  ViewerDocument,
} from '../../../src/client/index.js';
import { watchTimers } from './live-timers.js';
import { cursorOf, messageOf, ScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
let socket: Client;
let apollo: ApolloClient;
let following: Following | undefined;
let timers: () => number;

beforeEach(async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.02); // pauses of 10 ms and up
  timers = watchTimers();
  server = await new ScriptedServer().up();
  server.answers.messages = page;
  apollo = apolloOver(ResumingWsLink);
});

afterEach(async () => {
  following?.stop();
  apollo.stop();
  await server.isSilent();
  await server.down();
  jest.restoreAllMocks();
});

function apolloOver(Link: typeof GraphQLWsLink): ApolloClient {
  socket = createSocket({ url: server.url.replace('http', 'ws') });
  const isStream = ({ operationType }: ApolloLink.Operation) => operationType === OperationTypeNode.SUBSCRIPTION;
  return new ApolloClient({
    link: ApolloLink.split(
      isStream,
      new Link(socket),
      new FreshMessagesLink().concat(new HttpLink({ uri: server.url })),
    ),
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
  });
}

/** The server's rules for a page of messages, over what was said. */
function page({ first, after, last, before }: { first?: number; after?: string; last?: number; before?: string }) {
  const said = server.log.filter(({ __typename }) => __typename === 'MessageSent').map(({ message }) => message);
  const messages = said as ReturnType<typeof messageOf>[];
  const [from, to] = [after, before].map((cursor) => (cursor ? Number(cursor.replace('cursor-', '')) : undefined));
  const asked = messages.filter(({ seq }) => (!from || seq > from) && (!to || seq < to));
  const nodes = first ? asked.slice(0, first) : asked.slice(-(last ?? 50));
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: node.cursor, node })),
    pageInfo: {
      hasPreviousPage: (nodes[0]?.seq ?? to ?? 0) > (messages[0]?.seq ?? 0),
      hasNextPage: (nodes.at(-1)?.seq ?? from ?? 0) < (messages.at(-1)?.seq ?? 0),
      startCursor: nodes[0]?.cursor ?? null,
      endCursor: nodes.at(-1)?.cursor ?? null,
    },
    streamCursor: cursorOf(server.log.length),
  };
}

const say = (count: number) => {
  for (let n = 0; n < count; n += 1) server.say(`message ${server.log.length + 1}`);
};

async function read(variables: Omit<MessagesQueryVariables, 'roomId'> = {}): Promise<void> {
  const query = documentNode(MessagesDocument);
  await apollo.query({ query, variables: { roomId: 'garden', ...variables }, fetchPolicy: 'network-only' });
}

function shown() {
  const query = documentNode(MessagesDocument);
  const window = apollo.readQuery({ query, variables: { roomId: 'garden' } })?.messages;
  if (!window) throw new Error('the garden is not in the cache');
  const { nodes, pageInfo, streamCursor } = window;
  return {
    seqs: nodes.map(({ seq }) => seq),
    texts: nodes.map(({ content }) => content),
    ends: [pageInfo.startCursor, pageInfo.endCursor],
    more: [pageInfo.hasPreviousPage, pageInfo.hasNextPage],
    streamCursor,
  };
}

describe('Pages of messages', () => {
  it('join in both directions, in seq order, each message once', async () => {
    say(9);
    await read({ last: 3 });
    await read({ last: 3, before: cursorOf(7) });
    expect(shown()).toMatchObject({ seqs: [4, 5, 6, 7, 8, 9], ends: ['cursor-4', 'cursor-9'], more: [true, false] });

    say(2);
    await read({ first: 5, after: cursorOf(9) });
    await read({ last: 5, before: cursorOf(4) });
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], more: [false, false] });
  });

  it('overlap without doubles', async () => {
    say(6);
    await read({ last: 4 });
    say(2);
    await read({ last: 4 });
    expect(shown()).toMatchObject({ seqs: [3, 4, 5, 6, 7, 8], ends: ['cursor-3', 'cursor-8'], more: [true, false] });
  });

  it('never hide a hole: a page that does not touch the others begins anew', async () => {
    say(4);
    await read({ last: 2 });
    say(6);
    await read({ last: 2 });
    expect(shown()).toMatchObject({ seqs: [9, 10], more: [true, false], streamCursor: 'cursor-10' });
  });

  it('keep the oldest streamCursor, for what has happened since to any of them', async () => {
    say(4);
    await read({ last: 2 });
    say(1);
    await read({ last: 2, before: cursorOf(3) });
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4], more: [false, false], streamCursor: 'cursor-4' });
    await read();
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4, 5], streamCursor: 'cursor-5' });
  });

  it('tell where the end is when they are empty', async () => {
    say(2);
    await read({ first: 2 });
    await read({ first: 2, after: cursorOf(2) });
    expect(shown()).toMatchObject({ seqs: [1, 2], ends: ['cursor-1', 'cursor-2'], more: [false, false] });
  });
});

describe('A window that is cut', () => {
  it('keeps one end, and reads on where it was cut', async () => {
    say(9);
    await read();
    trimMessages(apollo.cache, 'garden', 4, 'newest');
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4], ends: ['cursor-1', 'cursor-4'], more: [false, true] });
    await read({ first: 5, after: cursorOf(4) });
    trimMessages(apollo.cache, 'garden', 4, 'oldest');
    expect(shown()).toMatchObject({ seqs: [6, 7, 8, 9], ends: ['cursor-6', 'cursor-9'], more: [true, false] });
    trimMessages(apollo.cache, 'garden', 4, 'oldest');
    expect(shown().seqs).toEqual([6, 7, 8, 9]);
  });
});

describe('A room that is followed', () => {
  /** Follows, and hands out what was folded, one item after the other. */
  function follow(options: { after?: string } = {}) {
    const items: RoomStreamItem[] = [];
    let look = () => {};
    const onItem = (item: RoomStreamItem) => {
      items.push(item);
      look();
    };
    following = followRoom(apollo, { roomId: 'garden', socket, onItem, ...options });
    return async (__typename: string) => {
      for (;;) {
        const at = items.findIndex((item) => item.__typename === __typename);
        if (at >= 0) return items.splice(0, at + 1).at(-1);
        await new Promise<void>((resolve) => {
          look = resolve;
        });
      }
    };
  }

  it('shows what was sent between page and stream, and what is sent now', async () => {
    say(2);
    await read();
    say(1);
    const heard = follow();
    await heard('MessageSent');
    expect(server.asked).toEqual(['cursor-2']);
    say(1);
    await heard('MessageSent');
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4], ends: ['cursor-1', 'cursor-4'], streamCursor: 'cursor-4' });
  });

  it('shows an empty room come to life', async () => {
    await read();
    const heard = follow({ after: 'cursor-0' });
    say(1);
    await heard('MessageSent');
    expect(shown()).toMatchObject({ seqs: [1], ends: ['cursor-1', 'cursor-1'] });
  });

  it('takes the newer version, whichever way it came', async () => {
    say(1);
    await read();
    const heard = follow();
    server.happen('MessageEdited', { message: messageOf(1, 'better', { version: 2 }) });
    await heard('MessageEdited');
    expect(shown().texts).toEqual(['better']);
    server.happen('MessageEdited', { message: messageOf(1, 'stale', { version: 1 }) });
    await heard('MessageEdited');
    expect(shown().texts).toEqual(['better']);
    server.happen('MessageDeleted', {
      message: messageOf(1, null, { version: 3, deletedAt: '2026-11-02T00:00:00.000Z' }),
    });
    await heard('MessageDeleted');
    expect(shown()).toMatchObject({ texts: [null], streamCursor: 'cursor-4' });
  });

  it('does not bring back what was deleted while a page was on its way', async () => {
    say(2);
    await read();
    const older = page({});
    const heard = follow();
    server.happen('MessageDeleted', {
      message: messageOf(1, null, { version: 2, deletedAt: '2026-11-02T00:00:00.000Z' }),
    });
    await heard('MessageDeleted');
    server.answers.messages = () => older; // read before the deletion, and here after it
    await read();
    expect(shown().texts).toEqual([null, 'message 2']);
  });

  it('is shown what a link after the fresh one has made of an answer', async () => {
    const at = new Date();
    const made = new ApolloLink(() => of({ data: { at } }));
    apollo.setLink(new FreshMessagesLink().concat(made));
    const { data } = await apollo.query({ query: parse('{ at }'), fetchPolicy: 'no-cache' });
    expect(data).toEqual({ at });
  });

  it("shows one's own message once, whether the answer or the event comes first", async () => {
    await read();
    const heard = follow({ after: 'cursor-0' });
    addMessage(apollo.cache, messageOf(1) as never);
    say(1);
    await heard('MessageSent');
    addMessage(apollo.cache, messageOf(1) as never);
    expect(shown().seqs).toEqual([1]);
  });

  it("puts someone else's message before one's own, when its event comes after one's answer", async () => {
    say(1);
    await read();
    const heard = follow();
    await heard('StreamReady');
    addMessage(apollo.cache, messageOf(3) as never);
    say(2);
    await heard('MessageSent');
    await heard('MessageSent');
    expect(shown()).toMatchObject({ seqs: [1, 2, 3], ends: ['cursor-1', 'cursor-3'] });
  });

  it('does not append to a window that ends in the past', async () => {
    say(4);
    await read({ first: 2 });
    const heard = follow();
    say(1);
    await heard('MessageSent');
    expect(shown()).toMatchObject({ seqs: [1, 2], more: [false, true] });
  });

  it('has more to read after a page that was read before what the stream has told', async () => {
    say(4);
    await read({ first: 2 });
    const heard = follow();
    await heard('StreamReady');
    const early = page({ first: 2, after: 'cursor-2' });
    say(1);
    await heard('MessageSent');
    server.answers.messages = () => early;
    await read({ first: 2, after: cursorOf(2) });
    expect(early.pageInfo.hasNextPage).toBe(false);
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4], more: [false, true] });
    server.answers.messages = page;
    await read({ first: 2, after: cursorOf(4) });
    expect(shown()).toMatchObject({ seqs: [1, 2, 3, 4, 5], more: [false, false] });
  });

  it('keeps what it was told of when a page comes that was read while the room was still empty', async () => {
    const early = page({ last: 50 });
    await read();
    const heard = follow({ after: 'cursor-0' });
    say(1);
    await heard('MessageSent');
    server.answers.messages = () => early;
    await read({ last: 50 });
    expect(shown()).toMatchObject({ seqs: [1], ends: ['cursor-1', 'cursor-1'], more: [false, false] });
    say(1);
    await heard('MessageSent');
    expect(shown()).toMatchObject({ seqs: [1, 2], more: [false, false] });
  });

  it('asks for nothing to show a message that the list of rooms has brought before', async () => {
    await read();
    const heard = follow({ after: 'cursor-0' });
    const parts = messageOf(1);
    apollo.cache.writeFragment({
      fragment: documentNode(MessagePartsFragmentDoc),
      fragmentName: 'MessageParts',
      data: parts as never,
    });
    say(1);
    await heard('MessageSent');
    expect(shown().seqs).toEqual([1]);
  });

  it('keeps count of who is here', async () => {
    const ada = {
      __typename: 'User',
      id: 'ada',
      username: 'ada',
      displayName: 'Ada',
      avatarUrl: null,
      bot: false,
      createdAt: '2026-11-01T00:00:00.000Z',
    };
    const member = (id: string) => ({
      __typename: 'Membership',
      id,
      role: 'MEMBER',
      joinedAt: ada.createdAt,
      user: ada,
    });
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    server.answers.room = () => ({ id: 'garden', members: { nodes: [member('one')], pageInfo, totalCount: 1 } });
    const query = documentNode(RoomMembersDocument);
    const variables = { roomId: 'garden' };
    await apollo.query({ query, variables });
    const members = () => {
      const list = apollo.readQuery({ query, variables })?.room?.members;
      return [list?.totalCount, list?.nodes.map(({ id }) => id)];
    };

    const heard = follow();
    await heard('StreamReady');
    server.happen('MemberJoined', { membership: member('two') });
    server.happen('MemberJoined', { membership: member('two') });
    await heard('MemberJoined');
    await heard('MemberJoined');
    expect(members()).toEqual([2, ['one', 'two']]);
    server.happen('MemberLeft', { user: ada, membershipId: 'one', removed: true });
    await heard('MemberLeft');
    expect(members()).toEqual([1, ['two']]);
  });

  it.each([
    ['where it is', ResumingWsLink, ['cursor-0', 'cursor-2']],
    ['where it began, and drops what it has, over a plain link', GraphQLWsLink, ['cursor-0', 'cursor-0']],
  ])('resumes %s', async (_where, Link, asked) => {
    apollo = apolloOver(Link);
    await read();
    const heard = follow({ after: 'cursor-0' });
    say(2);
    await heard('MessageSent');
    await heard('MessageSent');
    server.cut();
    say(1);
    await heard('MessageSent');
    expect(server.asked).toEqual(asked);
    expect(shown().seqs).toEqual([1, 2, 3]);
  });

  it('asks for what it missed when its stream began with "from now on"', async () => {
    apollo = apolloOver(GraphQLWsLink);
    const heard = follow();
    await heard('StreamReady');
    say(1);
    await heard('MessageSent');
    server.cut();
    say(1);
    expect(await heard('MessageSent')).toMatchObject({ seq: 2 });
    expect(server.asked).toEqual([undefined, undefined, 'cursor-1']);
  });

  it('ends for good reasons, and says them', async () => {
    const heard = follow();
    await heard('StreamReady');
    await server.endWith('ACCESS_REVOKED');
    expect(await following?.ended).toEqual({ reason: 'ACCESS_REVOKED' });

    const again = follow();
    await again('StreamReady');
    server.closeSockets(4401, 'Signed out.');
    expect(await following?.ended).toMatchObject({ reason: 'SESSION_ENDED', error: { closeCode: 4401 } });
  });

  it('leaves no timers behind', async () => {
    const heard = follow();
    await heard('StreamReady');
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const lost = new Promise<void>((resolve) => socket.on('closed', () => resolve()));
    await server.down();
    await lost;
    following?.stop();
    await following?.ended;
    expect(timers()).toBe(0);
    await server.up();
  });
});

describe('The viewer', () => {
  it('is one, whatever asks for it', async () => {
    const user = {
      id: 'ada',
      username: 'ada',
      displayName: 'Ada',
      avatarUrl: null,
      bot: false,
      createdAt: '2026-11-01T00:00:00.000Z',
    };
    server.answers.viewer = () => ({ user });
    await apollo.query({ query: documentNode(ViewerDocument) });
    expect(apollo.cache.identify({ __typename: 'Viewer' })).toBe('Viewer:{}');
    expect(apollo.extract()).toHaveProperty(['Viewer:{}']);
  });
});
