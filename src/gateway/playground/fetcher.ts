// How the playground asks: over HTTP, and for subscriptions over the socket, with the cookie on both ways.
import { type DefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { createClient } from 'graphql-ws/client';

interface Asked {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown>;
}

interface Observer {
  next(result: unknown): void;
  complete(): void;
}

interface Observable {
  subscribe(observer: Observer): { unsubscribe(): void };
}

const PATH = '/graphql';
const KEPT = 100; // results of a stream that stay in sight

export function ask(asked: Asked): Observable | Promise<unknown> {
  const operation = chosen(asked);
  const named = { ...asked, operationName: operation ? operation.name?.value : asked.operationName };
  return operation?.operation === 'subscription' ? listen(named) : post(named);
}

/** Read from what is asked: right after a change of tabs, GraphiQL still tells the operation of the tab before. */
function chosen({ query, operationName }: Asked): OperationDefinitionNode | undefined {
  const operations = definitionsOf(query).filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.find(({ name }) => name?.value === operationName) ?? operations[0];
}

function definitionsOf(query: string): readonly DefinitionNode[] {
  try {
    return parse(query).definitions;
  } catch {
    return []; // the server says what is wrong with it
  }
}

async function post(asked: Asked): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(PATH, {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: JSON.stringify(asked),
  });
  return response.json();
}

/**
 * Shows all that has come, not the last alone: a stream is a story, and what it ended with belongs to it. Each has a
 * socket of its own, opened and closed with it: a socket keeps the cookie of its handshake, and people sign in and out.
 */
function listen({ query, operationName, variables }: Asked): Observable {
  return {
    subscribe(observer) {
      const socket = createClient({ url: new URL(PATH, location.href).href.replace(/^http/, 'ws') });
      const newestFirst: unknown[] = [];
      const show = (result: object) => {
        newestFirst.unshift(result);
        newestFirst.splice(KEPT);
        observer.next({ newestFirst });
      };
      const end = () => {
        observer.complete();
        void socket.dispose();
      };
      socket.subscribe(
        { query, operationName, variables },
        {
          next: show,
          error: (error) => {
            show({ errors: errorsOf(error) });
            end();
          },
          complete: end,
        },
      );
      return { unsubscribe: () => void socket.dispose() };
    },
  };
}

/** A refused operation comes as its errors, a closed socket as an event that says why in two fields of its own. */
function errorsOf(error: unknown): unknown {
  if (Array.isArray(error)) return error;
  if (error instanceof CloseEvent)
    return [{ message: error.reason || 'The socket was closed.', extensions: { closeCode: error.code } }];
  return [{ message: error instanceof Error ? error.message : 'The socket could not be opened.' }];
}
