// Where one is in a room's talk: only the rows near the screen exist, the newest is followed by those who are there, and
// nobody else is moved by what others do. Rows are known by their keys: whatever comes before them or goes, what one reads
// keeps its place.
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Timeline } from './use-timeline';

const NEAR_PX = 120; // about two lines: whoever is this near the end wants to follow
const REST_MS = 300; // to come to a row, the heights around it are measured; until then, the list stays as it is
const AHEAD_PX = 1_200; // more than a screen: the next page is there before one comes to the end of this one

export interface Row {
  readonly key: string;
  /** Roughly, until it has been on screen. */
  readonly height: number;
  readonly messageId?: string;
}

export function useScroll(rows: readonly Row[], timeline: Timeline, pendingCount: number, busyKeys: readonly string[]) {
  const { arrival, hasOlder, hasNewer, widening, problem, heardCount, widen, toNewest } = timeline;
  const scroller = useRef<HTMLElement>(null);
  const [following, setFollowing] = useState(true);
  const [seenCount, setSeenCount] = useState(heardCount);
  const done = useRef<typeof arrival>(undefined);
  const [rested, setRested] = useState<typeof arrival>();

  const look = () => {
    const element = scroller.current;
    if (!element || !arrival || done.current !== arrival) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    // Below a window that ends in the past there is more: only who came from the newest follows what is put there.
    setFollowing((before) => below < NEAR_PX && (before || !hasNewer));
    if (widening || problem || rested !== arrival) return;
    if (hasOlder && element.scrollTop < AHEAD_PX) void widen('older');
    else if (hasNewer && below < AHEAD_PX) void widen('newer');
  };

  const virtual = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => rows[index]?.height ?? 0,
    anchorTo: 'end',
    followOnAppend: following,
    scrollEndThreshold: NEAR_PX,
    scrollPaddingStart: 80, // a line or two of what was there before
    paddingStart: 18, // the bar of actions of the first row has its place there
    paddingEnd: 14,
    overscan: 8,
    // A row that one works in stays, however far one scrolls: its text and the focus would go with it.
    rangeExtractor: (range: Range) => {
      const kept = busyKeys.map((key) => rows.findIndex((row) => row.key === key)).filter((index) => index >= 0);
      return [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b);
    },
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    onChange: look,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes or goes may leave room for more
  useEffect(look, [rows, rested, hasOlder, hasNewer, widening]);

  useLayoutEffect(() => {
    if (!arrival || done.current === arrival) return;
    const index = rows.findIndex(({ messageId }) => messageId === arrival.id);
    if (index < 0 && arrival.id) return; // it is on its way into the cache
    done.current = arrival;
    setFollowing(arrival.at === 'newest');
    if (arrival.at === 'newest') virtual.scrollToEnd();
    else virtual.scrollToIndex(index, { align: arrival.at === 'unread' ? 'start' : 'center' });
  }, [arrival, rows, virtual]);

  useEffect(() => {
    const timer = setTimeout(() => setRested(arrival), REST_MS);
    return () => clearTimeout(timer);
  }, [arrival]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !following) return;
    const watch = new ResizeObserver(() => virtual.scrollToEnd()); // the place to write grows, or a keyboard opens
    watch.observe(element);
    return () => watch.disconnect();
  }, [virtual, following]);

  const lastPending = useRef(pendingCount);
  useLayoutEffect(() => {
    if (pendingCount > lastPending.current) toNewest(); // whoever writes wants to see it
    lastPending.current = pendingCount;
  }, [pendingCount, toNewest]);

  useEffect(() => {
    if (following) setSeenCount(heardCount);
  }, [following, heardCount]);

  const isThere = following && !hasNewer && arrival !== undefined;
  return { scroller, virtual, atNewest: isThere, news: Math.max(0, heardCount - seenCount) };
}
