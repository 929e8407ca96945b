// People over GraphQL.
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentViewer, MaybeViewer } from '../core/current-viewer.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { UpdateProfileInput } from './user.inputs.js';
import { User } from './user.model.js';
import { UsersService } from './users.service.js';

@Resolver(() => Viewer)
export class UsersResolver {
  constructor(private readonly users: UsersService) {}

  @PerViewer()
  @Query(() => Viewer, { nullable: true, description: 'The person who asks. Null: nobody is signed in.' })
  viewer(@MaybeViewer() viewer: Viewer | null): Viewer | null {
    return viewer;
  }

  @Query(() => User, {
    nullable: true,
    description: 'A person by name, without regard to case. Null: there is none. Errors: UNAUTHENTICATED.',
  })
  user(@CurrentViewer() viewer: Viewer, @Args('username') username: string): Promise<User | null> {
    return this.users.byUsername(viewer, username);
  }

  @Mutation(() => User, {
    description:
      'Changes how others see you. What is absent stays. Errors: UNAUTHENTICATED, FORBIDDEN (a key that may only read), BAD_USER_INPUT.',
  })
  updateProfile(@CurrentViewer() viewer: Viewer, @Args('input') input: UpdateProfileInput): Promise<User> {
    return this.users.updateProfile(viewer, input);
  }

  @ResolveField('user', () => User, { description: 'You, as others see you.' })
  async self(@Parent() viewer: Viewer): Promise<User> {
    return this.users.byId(viewer.userId);
  }
}
