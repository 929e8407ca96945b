// Which web pages may call: our own, and those that are listed. Whole origins are compared, never parts of them.
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.js';

@Injectable()
export class Origins {
  private readonly listed: ReadonlySet<string>;

  constructor(private readonly settings: Settings) {
    this.listed = new Set(settings.allowedOrigins);
  }

  /** No Origin is no browser: every browser sends one with a WebSocket handshake and with a POST from another page. */
  allows(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined) return true;
    if (this.listed.has(origin)) return true;
    return (
      host !== undefined && (origin === `https://${host}` || (origin === `http://${host}` && !this.settings.production))
    );
  }

  isListed(origin: string): boolean {
    return this.listed.has(origin);
  }
}
