// The talk of one room: a window onto its history, and everything that happens, from where the window was read.
import type { Message, MessageCard, Room } from 'parley/client';
import type { RoomStreamItem } from 'parley/client/apollo';
import { useCallback, useState } from 'react';
import { useMe } from '../session/me';
import { useStream } from './use-stream';
import { type Arrival, type Problem, useWindow } from './use-window';

const NOTHING: readonly MessageCard[] = [];

export interface Timeline {
  /** In the order in which they are shown. */
  readonly messages: readonly MessageCard[];
  /** What to show of them, since one last asked for a place. */
  readonly arrival: Arrival | undefined;
  readonly hasOlder: boolean;
  /** One reads far back: what is said now comes into `messages` only when one has come there. */
  readonly hasNewer: boolean;
  /** At which end more is on its way. */
  readonly widening: 'older' | 'newer' | undefined;
  readonly problem: Problem | undefined;
  /** The server has closed this room's stream for good, and this is why. */
  readonly farewell: string | undefined;
  /** What others have just said, for those who listen to the page instead of seeing it. */
  readonly heard: readonly Message[];
  /** How much others have said here since the room was opened. */
  readonly heardCount: number;
  widen(side: 'older' | 'newer'): Promise<void>;
  toNewest(): void;
  forgetOldest(): void;
}

export function useTimeline(room: Room): Timeline {
  const me = useMe();
  const { page, isFresh, ...window } = useWindow(room);
  const [heard, setHeard] = useState<readonly Message[]>([]);
  const [heardCount, setHeardCount] = useState(0);
  const hear = useCallback(
    (item: RoomStreamItem) => {
      if (item.__typename !== 'MessageSent') return;
      setHeard((earlier) => [...earlier.slice(-4), item.message]);
      if (item.message.parentId === null && item.message.author.id !== me.id) setHeardCount((count) => count + 1);
    },
    [me.id],
  );
  const farewell = useStream(room.id, isFresh, room.viewerMembership?.id, hear);
  return {
    ...window,
    messages: page?.nodes ?? NOTHING,
    hasOlder: page?.pageInfo.hasPreviousPage ?? false,
    hasNewer: page?.pageInfo.hasNextPage ?? false,
    farewell,
    heard,
    heardCount,
  };
}
