// Who asks, for both doors: the cookie, the session behind it, and what every resolver gets.
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSessionToken, sessionCookie } from '../auth/session-cookie.js';
import { SessionsService } from '../auth/sessions.service.js';
import { Settings } from '../config/config.js';
import { type Context, Loaders } from '../core/context.js';
import type { Viewer } from '../core/viewer.js';

@Injectable()
export class Contexts {
  constructor(
    private readonly sessions: SessionsService,
    private readonly settings: Settings,
  ) {}

  async ofHttp(request: FastifyRequest, reply: FastifyReply): Promise<Context> {
    return {
      door: 'http',
      viewer: await this.viewerOf(request.raw),
      client: { address: request.ip, userAgent: request.headers['user-agent'] ?? null },
      setSessionToken: (token, expiresAt) => {
        void reply.header('set-cookie', sessionCookie(token, this.settings.production, expiresAt));
      },
      loaders: new Loaders(),
    };
  }

  /** Looked up anew for each operation: a session that has ended since the handshake is refused here too. */
  async ofSocket(handshake: IncomingMessage): Promise<Context> {
    return {
      door: 'socket',
      viewer: await this.viewerOf(handshake),
      client: { address: this.addressOf(handshake), userAgent: handshake.headers['user-agent'] ?? null },
      loaders: new Loaders(),
    };
  }

  async viewerOf(request: IncomingMessage): Promise<Viewer | null> {
    const token = readSessionToken(request.headers.cookie, this.settings.production);
    return token === null ? null : this.sessions.lookUp(token);
  }

  /** The nearest address that is not our own proxy's. What stands further left in the header was written by anyone. */
  addressOf(request: IncomingMessage): string {
    const forwarded = this.settings.trustProxy ? request.headers['x-forwarded-for'] : undefined;
    const list = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return list?.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? 'unknown');
  }
}
