// Says things over HTTP, stamped with the moment.
import { Pool } from 'undici';
import type { Dialect } from './dialects.ts';
import { stamped } from './stamp.ts';

const CONNECTIONS = 16;

export class Publisher {
  private readonly http: Pool;
  private readonly dialect: Dialect;
  private readonly cookie: string | null;

  constructor(port: number, dialect: Dialect, cookie: string | null) {
    this.http = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, pipelining: 1 });
    this.dialect = dialect;
    this.cookie = cookie;
  }

  async publish(room: string, at: number): Promise<void> {
    const { path, body } = this.dialect.publish(room, stamped(at));
    const type = body.startsWith('{') ? 'application/json' : 'text/plain';
    const headers = { 'content-type': type, ...(this.cookie ? { cookie: this.cookie } : {}) };
    const answer = await this.http.request({ path, method: 'POST', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode >= 300 || text.includes('"errors"')) throw new Error(`Publishing failed: ${text}`);
  }

  close(): Promise<void> {
    return this.http.close();
  }
}
