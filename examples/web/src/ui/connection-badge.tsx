// How the line to the server is, in a word and a colour, for eyes and for ears.
import { type LineState, useLineState } from '../line';
import './connection-badge.css';

const WORDS: Record<LineState, string> = {
  idle: 'Online',
  connecting: 'Connecting…',
  live: 'Live',
  waiting: 'Reconnecting…',
};

/** `trouble`: questions go unanswered, which is all there is to tell by while no stream is open. */
export function ConnectionBadge({ trouble = false }: { trouble?: boolean }) {
  const line = useLineState();
  const state = line === 'idle' && trouble ? 'waiting' : line;
  return (
    <p className="connection" data-state={state} role="status">
      <span className="unseen">Connection: </span>
      {WORDS[state]}
    </p>
  );
}
