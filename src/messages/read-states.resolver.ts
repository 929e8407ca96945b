// Read state over GraphQL.
import { Args, Context as Ctx, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { Context } from '../core/context.js';
import { CurrentViewer } from '../core/current-viewer.js';
import { PerViewer, Viewer } from '../core/viewer.js';
import { Room } from '../rooms/room.model.js';
import { MarkReadInput } from './read-state.inputs.js';
import { NotifyLevel, ReadState } from './read-state.model.js';
import { ReadStates } from './read-states.service.js';

@Resolver(() => Room)
export class ReadStatesResolver {
  constructor(private readonly reads: ReadStates) {}

  @PerViewer()
  @ResolveField(() => ReadState, {
    nullable: true,
    description: 'How far you have read, and what waits for you. Null: not a member.',
  })
  viewerReadState(
    @CurrentViewer() viewer: Viewer,
    @Parent() room: Room,
    @Ctx() { loaders }: Context,
  ): Promise<ReadState | null> {
    return loaders
      .get<ReadState | null>('messages.readStates', () => new DataLoader((ids) => this.reads.of(viewer, ids)))
      .load(room.id);
  }

  @Mutation(() => Room, {
    description:
      'You have read up to and including `seq`. Never moves back: less than before changes nothing. Sending does it by itself, up to your own message. In an archived room too. Others hear of it as ReadSignal, unless you have turned that off. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (not a member), BAD_USER_INPUT (`seq` below 0 or above `headSeq`).',
  })
  markRead(@CurrentViewer() viewer: Viewer, @Args('input') input: MarkReadInput): Promise<Room> {
    return this.reads.mark(viewer, input);
  }

  @Mutation(() => Room, {
    description:
      'What of this room your clients should bring to your notice. Errors: UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (not a member).',
  })
  setNotify(
    @CurrentViewer() viewer: Viewer,
    @Args('roomId', { type: () => ID }) roomId: string,
    @Args('level', { type: () => NotifyLevel }) level: NotifyLevel,
  ): Promise<Room> {
    return this.reads.setNotify(viewer, roomId, level);
  }
}

@Resolver(() => Viewer)
export class ViewerReadSignalsResolver {
  constructor(private readonly reads: ReadStates) {}

  @ResolveField('readSignals', () => Boolean, {
    description: 'Whether others are told how far you have read, as ReadSignal. At first they are.',
  })
  tellsOthers(@Parent() viewer: Viewer): Promise<boolean> {
    return this.reads.tellsOthers(viewer);
  }

  @Mutation(() => Viewer, {
    description:
      'Whether others are told how far you have read, as ReadSignal. What you hear of others stays. Errors: UNAUTHENTICATED.',
  })
  setReadSignals(@CurrentViewer() viewer: Viewer, @Args('on') on: boolean): Promise<Viewer> {
    return this.reads.setTellsOthers(viewer, on);
  }
}
