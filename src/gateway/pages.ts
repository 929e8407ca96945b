// What a browser is shown: the chat page at /, the playground at /graphql, and who may be tried out.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/config.js';
import { fromRoot } from '../core/root.js';

const CHAT_PAGE = fromRoot('examples/web/dist');
const PLAYGROUND = fromRoot('dist/playground');

@Injectable()
export class Pages {
  /** People to try the chat with: told by whoever made them. */
  demoPeople: readonly { username: string; displayName: string; password: string }[] = [];

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly settings: Settings,
  ) {}

  /** Before the routes of Nest: a browser that opens /graphql wants a page, not an answer in JSON. */
  async register(graphqlPath: string): Promise<void> {
    const fastify: FastifyInstance = this.http.httpAdapter.getInstance();
    if (existsSync(CHAT_PAGE)) {
      await fastify.register(fastifyStatic, { root: CHAT_PAGE, decorateReply: false, setHeaders: keepAssets });
    }
    fastify.get('/demo.json', async () => ({ people: this.demoPeople }));
    if (!this.settings.playground || !existsSync(PLAYGROUND)) return;
    // No max-age: the names stay while a release changes what is in them, so a browser asks, and is told "unchanged".
    await fastify.register(fastifyStatic, { root: PLAYGROUND, prefix: '/playground/', decorateReply: false });
    const page = await readFile(`${PLAYGROUND}/index.html`, 'utf8');
    fastify.addHook('onRequest', async (request, reply) => {
      if (wantsPage(request, graphqlPath)) await showPlayground(reply, page);
    });
  }
}

/** The names of the page's assets carry a hash of what is in them: a browser need never ask for one again. */
const keepAssets: FastifyStaticOptions['setHeaders'] = (reply, path) => {
  if (path.includes('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable');
};

function wantsPage(request: FastifyRequest, graphqlPath: string): boolean {
  const [path] = request.url.split('?', 1);
  return request.method === 'GET' && path === graphqlPath && (request.headers.accept ?? '').includes('text/html');
}

/** Scripts and workers come from our files alone. Its editor makes styles as it goes; its fonts and icons are in its CSS. */
const PLAYGROUND_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function showPlayground(reply: FastifyReply, page: string): Promise<void> {
  await reply.type('text/html; charset=utf-8').header('content-security-policy', PLAYGROUND_POLICY).send(page);
}
