// Folds reactions and pins into Apollo's cache.
import type { ApolloCache, FieldMergeFunction, Reference } from '@apollo/client';
import { viewerId } from './apollo-members.js';
import type { MessagePartsFragment } from './generated.js';
import type { RoomStreamItem } from './room-stream.contract.js';

/** A group as the cache stores it. */
interface StoredReaction {
  emoji: string;
  viewerReacted?: boolean;
}

/**
 * A stream tells everyone the same, so not what is one's own: that stays as it was. Of an emoji that is new the viewer is
 * not one of those who used it, unless the stream says so next.
 */
export const mergeReactions: FieldMergeFunction<readonly StoredReaction[], readonly StoredReaction[]> = (
  existing = [],
  incoming,
) =>
  incoming.map((group) => {
    if (group.viewerReacted !== undefined) return group;
    const known = existing.find(({ emoji }) => emoji === group.emoji);
    return { ...group, viewerReacted: known?.viewerReacted ?? false };
  });

type Reaction = Extract<RoomStreamItem, { __typename: 'ReactionAdded' | 'ReactionRemoved' }>;

/** What the viewer did themselves, perhaps in another browser. */
export function markOwn(cache: ApolloCache, { __typename, actor, emoji, message }: Reaction): void {
  if (!actor || actor.id !== viewerId(cache)) return;
  const viewerReacted = __typename === 'ReactionAdded';
  cache.modify<Record<string, readonly StoredReaction[]>>({
    id: cache.identify({ __typename: 'Message', id: message.id }),
    fields: {
      reactions: (groups) =>
        (groups as readonly StoredReaction[]).map((group) =>
          group.emoji === emoji ? { ...group, viewerReacted } : group,
        ),
    },
  });
}

/** Puts a message at the head of its room's pins, or takes it out of them. */
export function isPinned(cache: ApolloCache, { id, roomId }: MessagePartsFragment, pinned: boolean): void {
  const ref = cache.identify({ __typename: 'Message', id });
  cache.modify<Record<string, readonly Reference[]>>({
    id: cache.identify({ __typename: 'Room', id: roomId }),
    fields: {
      pinned: (pins) => {
        const isThere = pins.some(({ __ref }) => __ref === ref);
        if (isThere === pinned || !ref) return pins;
        return pinned ? [{ __ref: ref }, ...pins] : pins.filter(({ __ref }) => __ref !== ref);
      },
    },
  });
}
