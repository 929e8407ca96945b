// Runs in the browser: GraphiQL at our own door, with workers from files and subscriptions over the socket.
import { EXAMPLES } from './examples.js';

interface GraphiQL {
  renderYogaGraphiQL(root: Element | null, options: Record<string, unknown>): void;
}

declare const YogaGraphiQL: GraphiQL; // playground.js

/** Our own words, never anyone's input: GraphiQL takes them as HTML. */
const NAME = '<span class="parley-name">Parley playground <small><a href="/">chat page</a></small></span>';

const WORKERS: Readonly<Record<string, string>> = { graphql: 'graphql', json: 'json' };

Object.assign(globalThis, {
  MonacoEnvironment: {
    globalAPI: false,
    getWorker: (_module: string, label: string) =>
      new Worker(`/playground/${WORKERS[label] ?? 'editor'}.worker.js`, { name: label, type: 'module' }),
  },
});

YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#playground'), {
  title: NAME,
  logo: '<img src="/playground/parley.svg" alt="" width="28" height="28" />',
  endpoint: '/graphql',
  credentials: 'same-origin',
  subscriptionsProtocol: 'WS',
  subscriptionsEndpoint: '/graphql',
  defaultTabs: EXAMPLES,
  shouldPersistHeaders: false,
  isHeadersEditorEnabled: false, // who asks is told by the cookie
  onEditQuery: () => {}, // leave the address alone: what was typed is kept by the browser
});
