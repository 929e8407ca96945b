// One's account over GraphQL.
import { Args, Context as Ctx, Mutation, Resolver } from '@nestjs/graphql';
import type { Context } from '../core/context.js';
import { SignedInViewer } from '../core/current-viewer.js';
import { Viewer } from '../core/viewer.js';
import { AccountService } from './account.service.js';
import { ChangePasswordInput } from './auth.inputs.js';

@Resolver()
export class AccountResolver {
  constructor(private readonly account: AccountService) {}

  @Mutation(() => Viewer, {
    description:
      'Changes your password and ends every other session of yours (4401). This one goes on, and so do access keys. Errors: UNAUTHENTICATED, FORBIDDEN (an access key), BAD_USER_INPUT (`currentPassword` is wrong), RATE_LIMITED, CONFLICT (changed from elsewhere at this moment).',
  })
  changePassword(
    @SignedInViewer() viewer: Viewer,
    @Ctx() { client }: Context,
    @Args('input') input: ChangePasswordInput,
  ): Promise<Viewer> {
    return this.account.changePassword(viewer, client, input);
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes your account, for good. What you said stays, under "Deleted user"; your name is free, you leave every room that is not archived, and sessions, access keys and blocks are gone; sockets close with 4401. Errors: UNAUTHENTICATED, FORBIDDEN (an access key), BAD_USER_INPUT (`password` is wrong), RATE_LIMITED, CONFLICT (you are the last owner of a room: name another one or archive it), UNAVAILABLE (try again).',
  })
  deleteAccount(
    @SignedInViewer() viewer: Viewer,
    @Ctx() context: Context,
    @Args('password', { description: 'Wrong ones are counted with those of signIn.' }) password: string,
  ): Promise<boolean> {
    return this.account.delete(context, viewer, password);
  }
}
