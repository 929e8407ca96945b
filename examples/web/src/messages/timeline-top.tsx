// The upper end of a room's talk: asks for the page before as it comes near the screen, or tells that here it began.
import type { Room } from 'parley/client';
import { useEffect, useRef } from 'react';
import type { Timeline } from './use-timeline';

const AHEAD = '800px 0px 0px 0px'; // a screen ahead: the next page is there before one arrives

export function TimelineTop({ room, name, timeline }: { room: Room; name: string; timeline: Timeline }) {
  const { hasOlder, loading, problem, messages, loadOlder } = timeline;
  const end = useRef<HTMLDivElement>(null);
  const first = messages[0]?.seq;

  // biome-ignore lint/correctness/useExhaustiveDependencies: after each page, look again: it may have been a short one
  useEffect(() => {
    const element = end.current;
    if (!element || !hasOlder || problem) return;
    const root = element.closest('.timeline-scroll');
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadOlder(), {
      root,
      rootMargin: AHEAD,
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [hasOlder, problem, loadOlder, first]);

  return (
    <div ref={end} className="timeline-top">
      {problem ? (
        <p role="alert">
          {problem}{' '}
          <button type="button" className="button small" onClick={loadOlder}>
            Try again
          </button>
        </p>
      ) : hasOlder || loading ? (
        <p>{hasOlder && 'Loading earlier messages…'}</p>
      ) : (
        <Beginning room={room} name={name} empty={messages.length === 0} />
      )}
    </div>
  );
}

function Beginning({ room, name, empty }: { room: Room; name: string; empty: boolean }) {
  return (
    <div className="beginning">
      <h3>{room.kind === 'DIRECT' ? `You and ${name}` : name}</h3>
      <p>
        {room.kind === 'DIRECT'
          ? 'Only the people in this conversation can read it.'
          : (room.topic ?? 'This is where the room begins.')}
      </p>
      {empty && <p>Nobody has said anything yet. The first word is yours.</p>}
    </div>
  );
}
