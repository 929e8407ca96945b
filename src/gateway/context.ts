// Who asks, for both doors: the token or the cookie, what stands behind it, and what every resolver gets.
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessKeysService } from '../auth/access-keys.service.js';
import { readSessionToken, sessionCookie } from '../auth/session-cookie.js';
import { SessionsService } from '../auth/sessions.service.js';
import { Settings } from '../config/config.js';
import { type Context, Loaders } from '../core/context.js';
import type { Viewer } from '../core/viewer.js';

/** What is kept of a handshake: all of it would be some kilobytes, for as long as the socket is open. */
export interface Caller {
  readonly cookie: string | undefined;
  authorization: string | undefined;
  readonly client: Context['client'];
}

@Injectable()
export class Contexts {
  constructor(
    private readonly sessions: SessionsService,
    private readonly keys: AccessKeysService,
    private readonly settings: Settings,
  ) {}

  async ofHttp(request: FastifyRequest, reply: FastifyReply): Promise<Context> {
    return {
      door: 'http',
      viewer: await this.viewerOf(request.headers),
      client: { address: request.ip, userAgent: request.headers['user-agent'] ?? null },
      setSessionToken: (token, expiresAt) => {
        void reply.header('set-cookie', sessionCookie(token, this.settings.production, expiresAt));
      },
      loaders: new Loaders(),
    };
  }

  /** Looked up anew for each operation: a session that has ended since the handshake is refused here too. */
  async ofSocket(caller: Caller): Promise<Context> {
    return { door: 'socket', viewer: await this.viewerOf(caller), client: caller.client, loaders: new Loaders() };
  }

  callerOf(handshake: IncomingMessage): Caller {
    const { cookie, authorization, 'user-agent': userAgent = null } = handshake.headers;
    return { cookie, authorization, client: { address: this.addressOf(handshake), userAgent } };
  }

  /**
   * A browser's script cannot set headers of the handshake: what it says in connection_init is as if it had come there.
   * From then on it is looked up for each operation, like a cookie.
   */
  present(caller: Caller, params: Readonly<Record<string, unknown>> | undefined): void {
    const token = params?.token;
    if (token != null) caller.authorization = `Bearer ${String(token)}`;
  }

  /**
   * Who shows a token asks with it alone, and is nobody when it is worth nothing: the cookie beside it was sent by the
   * browser of its own accord, and the token was not.
   */
  async viewerOf({ cookie, authorization }: Partial<Pick<Caller, 'cookie' | 'authorization'>>): Promise<Viewer | null> {
    const shown = readBearer(authorization);
    if (shown !== null) return this.keys.lookUp(shown);
    const token = readSessionToken(cookie, this.settings.production);
    return token === null ? null : this.sessions.lookUp(token);
  }

  /** The nearest address that is not our own proxy's. What stands further left in the header was written by anyone. */
  private addressOf(request: IncomingMessage): string {
    const forwarded = this.settings.trustProxy ? request.headers['x-forwarded-for'] : undefined;
    const list = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return list?.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? 'unknown');
  }
}

/** Null: no token was shown. Another scheme, such as that of a proxy which asks for a password, is not ours to read. */
function readBearer(authorization: string | undefined): string | null {
  const [, token] = /^bearer(?: +(.*))?$/i.exec(authorization ?? '') ?? [null, null];
  return token === null ? null : (token ?? '').trim();
}
