// Signing up, in and out.
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/config.js';
import type { Context } from '../core/context.js';
import { badInput, forbidden, notFound, unauthenticated } from '../core/errors.js';
import { isId } from '../core/ids.js';
import * as text from '../core/text.js';
import type { Viewer } from '../core/viewer.js';
import { Database } from '../database/database.js';
import { UsersService } from '../users/users.service.js';
import { Attempts } from './attempts.js';
import type { SignInInput, SignUpInput } from './auth.inputs.js';
import { Passwords } from './passwords.js';
import { SessionsService } from './sessions.service.js';

const WRONG = 'The username or the password is wrong.';

@Injectable()
export class AuthService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly settings: Settings,
  ) {}

  async signUp(context: Context, input: SignUpInput): Promise<Viewer> {
    const setSessionToken = requireHttp(context);
    if (!this.settings.signUp) throw forbidden('This server does not take new people.');
    const username = text.username(input.username);
    const password = text.password(input.password);
    const displayName = text.displayName(input.displayName ?? input.username.trim());
    await this.attempts.signUp(context.client.address);
    const passwordHash = await this.passwords.hash(password); // before the transaction: nothing waits for it
    const { token, viewer } = await this.database.write(async (unit) => {
      const user = await this.users.create(unit, { username, displayName, passwordHash, bot: input.bot ?? false });
      return this.sessions.start(unit, user.id, context.client.userAgent);
    });
    await this.leave(context.viewer);
    setSessionToken(token, viewer.expiresAt);
    context.viewer = viewer;
    return viewer;
  }

  async signIn(context: Context, input: SignInInput): Promise<Viewer> {
    const setSessionToken = requireHttp(context);
    const known = await this.attempts.guess(input.username, context.client.address, async () => {
      const password = text.passwordToTry(input.password);
      const known = password === null ? null : await this.users.passwordHash(input.username);
      const matches = password !== null && (await this.passwords.matches(password, known?.passwordHash ?? null));
      return matches ? known : null;
    });
    if (!known) throw unauthenticated(WRONG);
    const { token, viewer } = await this.database.write(async (unit) => {
      // Whoever changes the password or deletes the account at this moment ends this session too, or has come first.
      if (!(await this.users.hasPassword(unit, known))) throw unauthenticated(WRONG);
      return this.sessions.start(unit, known.userId, context.client.userAgent);
    });
    await this.leave(context.viewer);
    setSessionToken(token, viewer.expiresAt);
    context.viewer = viewer;
    return viewer;
  }

  async signOut(context: Context): Promise<boolean> {
    const setSessionToken = requireHttp(context);
    await this.leave(context.viewer);
    setSessionToken(null);
    context.viewer = null;
    return true;
  }

  async revoke(viewer: Viewer, sessionId: string): Promise<Viewer> {
    if (!isId(sessionId) || !(await this.sessions.end(viewer.userId, [sessionId]))) throw notFound('session');
    return viewer;
  }

  /** The session that the caller came with ends: a new sign-in replaces it, it never stays behind unseen. */
  private async leave(viewer: Viewer | null): Promise<void> {
    if (viewer) await this.sessions.end(viewer.userId, [viewer.sessionId]);
  }
}

function requireHttp(context: Context): NonNullable<Context['setSessionToken']> {
  if (context.viewer?.keyScope)
    throw forbidden('An access key cannot sign up, in or out: leave it out of the request.');
  if (context.setSessionToken) return context.setSessionToken;
  throw badInput('input', 'A cookie can only be set over HTTP: send this as a POST to the same address.');
}
