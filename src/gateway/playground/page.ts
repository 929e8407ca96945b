// Runs in the browser: GraphiQL with our examples, our way of asking, and its workers from files.
import { EXAMPLES } from './examples.js';
import { ask } from './fetcher.js';

interface GraphiQL {
  renderYogaGraphiQL(root: Element | null, options: Record<string, unknown>): void;
}

declare const YogaGraphiQL: GraphiQL; // graphiql.js

/** Our own words, never anyone's input: they are taken as HTML. */
const NAME = '<span class="parley-name">Parley playground <small><a href="/">chat page</a></small></span>';
const LOGO = '<img src="/playground/parley.svg" alt="" width="28" height="28" />';

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
  logo: LOGO,
  fetcher: ask,
  defaultTabs: EXAMPLES,
  shouldPersistHeaders: false,
  isHeadersEditorEnabled: false, // who asks is told by the cookie
  onEditQuery: () => {}, // else every keystroke goes into the address
});
