// Sessions over GraphQL.
import { Args, Context as Ctx, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Context } from '../core/context.js';
import { SignedInViewer } from '../core/current-viewer.js';
import { Viewer } from '../core/viewer.js';
import { SignInInput, SignUpInput } from './auth.inputs.js';
import { AuthService } from './auth.service.js';
import { Session } from './session.model.js';
import { SessionsService } from './sessions.service.js';

@Resolver(() => Viewer)
export class AuthResolver {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
  ) {}

  @Mutation(() => Viewer, {
    description:
      'Makes an account, joins the lobby, and sets the HttpOnly session cookie: HTTP only. Errors: BAD_USER_INPUT, CONFLICT (`username` is taken), FORBIDDEN (this server takes nobody), RATE_LIMITED.',
  })
  signUp(@Ctx() context: Context, @Args('input') input: SignUpInput): Promise<Viewer> {
    return this.auth.signUp(context, input);
  }

  @Mutation(() => Viewer, {
    description:
      'Starts a new session and sets its HttpOnly cookie: HTTP only. Unknown names and wrong passwords are told alike. Errors: UNAUTHENTICATED, BAD_USER_INPUT, RATE_LIMITED.',
  })
  signIn(@Ctx() context: Context, @Args('input') input: SignInInput): Promise<Viewer> {
    return this.auth.signIn(context, input);
  }

  @Mutation(() => Boolean, {
    description: 'Ends this session and closes its sockets (4401): HTTP only. True also when nobody was signed in.',
  })
  signOut(@Ctx() context: Context): Promise<boolean> {
    return this.auth.signOut(context);
  }

  @Mutation(() => Viewer, {
    description:
      'Ends one of your sessions and closes its sockets (4401). Errors: UNAUTHENTICATED, FORBIDDEN (an access key), NOT_FOUND.',
  })
  revokeSession(@SignedInViewer() viewer: Viewer, @Args('id', { type: () => ID }) id: string): Promise<Viewer> {
    return this.auth.revoke(viewer, id);
  }

  @ResolveField('sessions', () => [Session], { description: 'Where you are signed in, the last used first.' })
  list(@Parent() viewer: Viewer): Promise<Session[]> {
    return this.sessions.list(viewer);
  }
}
