// Where one is in a room's talk: at the newest unless one has scrolled up, and never moved by what others do.
//
// The scroller is laid out from its end (flex-direction: column-reverse): position 0 is the newest message and older
// ones have negative positions. So the browser itself stays at the end while messages come, and stays in place while
// older pages are put in front. Only messages that come while one reads further up need a hand.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 120; // about two lines: whoever is this near the end wants to follow

export function useScroll(newestSeq: number, pendingCount: number) {
  const scroller = useRef<HTMLElement>(null);
  const [atNewest, setAtNewest] = useState(true);
  const [seenSeq, setSeenSeq] = useState(newestSeq);
  const last = useRef({ newestSeq, height: 0, pendingCount });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setAtNewest(element.scrollTop > -NEAR_PX);
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);

  useEffect(() => {
    if (atNewest) setSeenSeq(newestSeq);
  }, [atNewest, newestSeq]);

  const toNewest = useCallback(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.current?.scrollTo({ top: 0, behavior: still ? 'instant' : 'smooth' });
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = last.current;
    const height = element.scrollHeight;
    if (pendingCount > before.pendingCount) {
      element.scrollTop = 0; // whoever writes wants to see it
    } else if (newestSeq !== before.newestSeq && before.height > 0 && element.scrollTop < -NEAR_PX) {
      element.scrollTop -= height - before.height;
    }
    last.current = { newestSeq, height, pendingCount };
  });

  return { scroller, atNewest, news: Math.max(0, newestSeq - seenSeq), toNewest };
}
