// How far one has read: the server is told when the open room is looked at, and a line stays where reading stopped.
import { useMutation } from '@apollo/client/react';
import { MarkReadDocument, type Room } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

const AT_ONCE_MS = 200; // what comes in one breath is read in one breath: one request for all of it

/**
 * Marks the room read while its newest message is in sight. What others have said up to `shownSeq` is there to be read,
 * though the count of it may come later. Answers with the seq after which all is new to one, if any is.
 */
export function useReading(room: Room, shownSeq: number, atNewest: boolean): number | undefined {
  const { id: roomId, headSeq, viewerReadState } = room;
  const looking = useLooking();
  const { lastReadSeq = 0, unreadCount = 0, mentionCount = 0 } = viewerReadState ?? {};
  const isUnread = unreadCount + mentionCount > 0;
  const seq = Math.max(headSeq, shownSeq);
  const isDue = isUnread || (viewerReadState != null && shownSeq > lastReadSeq);

  const [markRead] = useMutation(documentNode(MarkReadDocument));
  const due = useRef<() => void>(undefined);
  useEffect(() => () => due.current?.(), []); // whoever leaves within that breath has read it, too
  useEffect(() => {
    if (!isDue || !looking || !atNewest) return;
    const mark = () => {
      due.current = undefined;
      markRead({ variables: { input: { roomId, seq } } }).catch(() => {}); // the next message tries again
    };
    due.current = mark;
    const timer = setTimeout(mark, AT_ONCE_MS);
    return () => {
      clearTimeout(timer);
      due.current = undefined;
    };
  }, [markRead, roomId, seq, isDue, looking, atNewest]);

  // The line is drawn when one comes to the room, or back to the page: not while one reads along.
  const [drawn, setDrawn] = useState({ looking, after: isUnread ? lastReadSeq : undefined });
  if (drawn.looking !== looking) setDrawn({ looking, after: looking && isUnread ? lastReadSeq : undefined });
  return drawn.after;
}

/** Whether the page is on screen. */
function useLooking(): boolean {
  return useSyncExternalStore(
    (changed) => {
      document.addEventListener('visibilitychange', changed);
      return () => document.removeEventListener('visibilitychange', changed);
    },
    () => !document.hidden,
  );
}
