// How the chat page is built, and how it is served while one works on it (npx vite examples/web, with a server beside it).
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const client = join(import.meta.dirname, '../../src/client');
const server = process.env.PARLEY_URL ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    // A page of one's own installs parley and needs none of this; here the package is the repository around us.
    alias: [
      { find: /^parley\/client$/, replacement: join(client, 'index.ts') },
      { find: /^parley\/client\/apollo$/, replacement: join(client, 'apollo.ts') },
    ],
  },
  build: {
    // The server's policy is script-src 'self'; style-src 'self': an inlined asset would be a data: URL, and refused.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    chunkSizeWarningLimit: 600, // kB before gzip: most of it is React and Apollo Client, and all of it is needed at once
  },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/demo.json': server,
    },
  },
});
