// Access keys over GraphQL.
import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SignedInViewer } from '../core/current-viewer.js';
import { Viewer } from '../core/viewer.js';
import { AccessKey, CreateAccessKeyInput, NewAccessKey } from './access-key.model.js';
import { AccessKeysService } from './access-keys.service.js';

@Resolver(() => Viewer)
export class AccessKeysResolver {
  constructor(private readonly keys: AccessKeysService) {}

  @Mutation(() => NewAccessKey, {
    description:
      'Makes a key for a script or a bot that acts as you. Its secret is shown this once. Errors: UNAUTHENTICATED, FORBIDDEN (an access key), BAD_USER_INPUT, CONFLICT (you have 50).',
  })
  createAccessKey(@SignedInViewer() viewer: Viewer, @Args('input') input: CreateAccessKeyInput): Promise<NewAccessKey> {
    return this.keys.create(viewer, input);
  }

  @Mutation(() => Viewer, {
    description:
      'Ends one of your keys for good and closes its sockets (4401). Errors: UNAUTHENTICATED, FORBIDDEN (an access key), NOT_FOUND.',
  })
  revokeAccessKey(@SignedInViewer() viewer: Viewer, @Args('id', { type: () => ID }) id: string): Promise<Viewer> {
    return this.keys.revoke(viewer, id);
  }

  @ResolveField('accessKeys', () => [AccessKey], { description: 'Your keys that have not expired, the newest first.' })
  list(@Parent() viewer: Viewer): Promise<AccessKey[]> {
    return this.keys.list(viewer);
  }
}
