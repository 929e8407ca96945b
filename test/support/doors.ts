// The three ways in, for tests that ask the same thing at each of them.
import type { GraphQLAnswer, Guest } from './guest.js';
import { RawSocket } from './raw-socket.js';

export type Asked = (guest: Guest, query: string, variables?: Record<string, unknown>) => Promise<GraphQLAnswer>;

const ACCEPT = 'application/graphql-response+json';

const post: Asked = async (guest, query, variables) =>
  answerOf(
    await fetch(`${guest.url}/graphql`, {
      method: 'POST',
      headers: { accept: ACCEPT, 'content-type': 'application/json', cookie: guest.cookie },
      body: JSON.stringify({ query, variables }),
    }),
  );

const get: Asked = async (guest, query, variables = {}) => {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const headers = { accept: ACCEPT, 'apollo-require-preflight': '1', cookie: guest.cookie };
  return answerOf(await fetch(`${guest.url}/graphql?${search}`, { headers }));
};

/** The first answer to an operation of its own socket; a close is told as the code that it came with. */
const socket: Asked = async (guest, query, variables) => {
  const raw = await RawSocket.greeted(guest.url, guest.cookie);
  raw.subscribe('1', query, variables);
  const closed = raw.closed().then(({ code, reason }): GraphQLAnswer => refusal(`closed ${code}`, reason));
  closed.catch(() => {}); // it did not close
  const answered = raw
    .next()
    .then(({ payload }): GraphQLAnswer => (Array.isArray(payload) ? { errors: payload } : payload));
  answered.catch(() => {}); // it closed
  const answer = await Promise.race([answered, closed]);
  raw.socket.terminate();
  return answer;
};

export const DOORS = { post, get, socket };
export type Door = keyof typeof DOORS;

async function answerOf(response: Response): Promise<GraphQLAnswer> {
  return (await response.json()) as GraphQLAnswer;
}

const refusal = (code: string, message: string): GraphQLAnswer => ({ errors: [{ message, extensions: { code } }] });

export const codesOf = ({ errors = [] }: GraphQLAnswer<unknown>): unknown[] =>
  errors.map(({ extensions }) => extensions?.code);
