// What is done to an account itself. Whoever is signed in must know the password as well: a browser may stand open.
import { Injectable } from '@nestjs/common';
import type { Context } from '../core/context.js';
import { badInput, conflict } from '../core/errors.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database } from '../database/database.js';
import { UsersService } from '../users/users.service.js';
import { AccessKeysService } from './access-keys.service.js';
import { Attempts } from './attempts.js';
import type { ChangePasswordInput } from './auth.inputs.js';
import { Passwords } from './passwords.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly keys: AccessKeysService,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
  ) {}

  async changePassword(viewer: Viewer, client: Context['client'], input: ChangePasswordInput): Promise<Viewer> {
    const next = text.password(input.newPassword, 'newPassword');
    const current = await this.prove(viewer, client, input.currentPassword, 'currentPassword');
    const hash = await this.passwords.hash(next); // before the transaction: nothing waits for it
    await this.database.write(async (unit) => {
      if (!(await this.users.changePassword(unit, viewer.userId, current, hash))) throw changed();
      await this.sessions.endAll(unit, viewer.userId, viewer.sessionId);
    });
    return viewer;
  }

  /** The account is gone with its sessions and keys, and their sockets; what was said stays, under a nameless user. */
  async delete(context: Context, viewer: Viewer, password: string): Promise<boolean> {
    const current = await this.prove(viewer, context.client, password, 'password');
    await this.database.write(async (unit) => {
      if (!(await this.users.delete(unit, viewer.userId, current))) throw changed();
      await this.sessions.endAll(unit, viewer.userId, null);
      await this.keys.endAll(unit, viewer.userId);
    });
    context.setSessionToken?.(null);
    context.viewer = null;
    return true;
  }

  /** What is stored of the viewer's password, if this is it. Tries are counted with those of signing in, over both doors. */
  private async prove(viewer: Viewer, client: Context['client'], given: string, field: string): Promise<string> {
    const { username } = await this.users.byId(viewer.userId);
    const stored = await this.attempts.guess(username, client.address, async () => {
      const password = text.passwordToTry(given);
      const stored = password === null ? null : ((await this.users.passwordHash(username))?.passwordHash ?? null);
      const matches = password !== null && stored !== null && (await this.passwords.matches(password, stored));
      return matches ? stored : null;
    });
    if (stored === null) throw badInput(field, 'That is not your password.');
    return stored;
  }
}

const changed = () => conflict('The password was changed from elsewhere at this moment.');
