// Opens the house: app, doors, listening. Whoever opens it closes it.
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Settings } from './config/config.js';
import { NestLog } from './core/logging.js';
import { Origins } from './gateway/origins.js';
import { Pages } from './gateway/pages.js';
import { protectiveHeaders } from './gateway/protective-headers.js';
import { Refusals } from './gateway/refusals.js';
import { GRAPHQL_PATH, WebSocketDoor } from './gateway/websocket.js';
import { seedDemo } from './seed.js';

export interface House {
  /** Where it answers, such as http://127.0.0.1:4000. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Sends everyone away in the course of the drain window, finishes what is in flight, closes everything. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT = 10_000; // ms for the head of a request: who is slower holds a socket for nothing
const REQUEST_TIMEOUT = 30_000; // ms for all of it: 128 KiB come over the worst of networks in that
const TIMEOUT_CHECK = 2_000; // ms; how exactly those two are kept

const IN_FLIGHT = 2_000; // ms for requests that are being answered when everyone has gone

export async function openHouse(settings: Settings): Promise<House> {
  const adapter = new FastifyAdapter({
    bodyLimit: settings.maxFrame,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: TIMEOUT_CHECK },
    trustProxy: settings.trustProxy && ((_address, hop) => hop < 1), // our own proxy, and nobody before it
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings), adapter, {
    logger: new NestLog(),
    abortOnError: false,
    bodyParser: false, // the platform reads JSON by itself; nothing here is sent as a form
  });
  try {
    app.useGlobalFilters(new Refusals(GRAPHQL_PATH));
    const origins = app.get(Origins);
    app.enableCors({
      origin: (origin, allow) => allow(null, origin !== undefined && origins.isListed(origin)),
      credentials: true,
      methods: ['GET', 'POST', 'OPTIONS'],
    });
    const headers = protectiveHeaders(settings);
    adapter.getInstance().addHook('onRequest', (_request, reply, next) => {
      reply.headers(headers);
      next();
    });
    const pages = app.get(Pages);
    await pages.register(GRAPHQL_PATH);
    await app.init();
    pages.demoPeople = await seedDemo(app, settings);
    await app.listen(settings.port, settings.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    url: await app.getUrl(),
    app,
    close: async () => {
      await app.get(WebSocketDoor).drain(settings.drain);
      // A browser keeps connections in reserve on which it has said nothing yet: they would hold the server for ever.
      const cutting = setTimeout(() => adapter.getHttpServer().closeAllConnections(), IN_FLIGHT);
      await app.close();
      clearTimeout(cutting);
    },
  };
}
