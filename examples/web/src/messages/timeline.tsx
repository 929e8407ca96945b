// The messages of a room on screen: older ones come when one scrolls up, and nothing one reads is pushed away.
import type { MessageCard, Room } from 'parley/client';
import { useMemo } from 'react';
import { useReading } from '../rooms/use-reading';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { linesOf } from './layout';
import { MessageRow } from './message-row';
import { PendingRow } from './pending-row';
import { useRights } from './rights';
import { TimelineTop } from './timeline-top';
import type { Pending } from './use-outbox';
import { useScroll } from './use-scroll';
import type { Timeline as TimelineState } from './use-timeline';
import './timeline.css';

interface Props {
  room: Room;
  name: string;
  timeline: TimelineState;
  pending: readonly Pending[];
  editing: MessageCard | undefined;
  onEdit(message: MessageCard | undefined): void;
  onThread(messageId: string): void;
  onRetry(entry: Pending): void;
  onTakeBack(entry: Pending): void;
}

export function Timeline({ room, name, timeline, pending, editing, onEdit, onThread, onRetry, onTakeBack }: Props) {
  const me = useMe();
  const { messages } = timeline;
  const { scroller, atNewest, news, toNewest } = useScroll(messages.at(-1)?.seq ?? 0, pending.length);
  const newAfter = useReading(room, atNewest);
  const lines = useMemo(() => linesOf(messages, pending, me.id, newAfter), [messages, pending, me.id, newAfter]);
  const rights = useRights(room);

  return (
    <div className="timeline">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the arrow keys */}
      <section ref={scroller} className="timeline-scroll" aria-label="Messages" tabIndex={0}>
        <div className="timeline-content">
          <TimelineTop room={room} name={name} timeline={timeline} />
          <ol>
            {lines.map(({ entry, day, begins, leads }) => (
              <li key={entry.key} className={leads ? 'line leads' : 'line'}>
                {day && (
                  <h3 className="day">
                    <span>{day}</span>
                  </h3>
                )}
                {begins && <p className="new-line">New messages</p>}
                {entry.pending ? (
                  <PendingRow entry={entry.pending} leads={leads} onRetry={onRetry} onTakeBack={onTakeBack} />
                ) : (
                  <MessageRow
                    message={entry.message}
                    leads={leads}
                    rights={rights}
                    editing={editing?.id === entry.message.id}
                    onEdit={onEdit}
                    onThread={onThread}
                  />
                )}
              </li>
            ))}
          </ol>
        </div>
      </section>
      {!atNewest && (
        <button type="button" className="to-newest button" onClick={toNewest}>
          <Icon name="down" /> {news > 0 ? `${news} new` : 'Newest'}
        </button>
      )}
      <div className="unseen" role="log" aria-live="polite" aria-label="New messages">
        {timeline.heard.map(
          ({ id, author, content }) =>
            author.id !== me.id && <p key={id}>{`${author.displayName}: ${content ?? 'message deleted'}`}</p>,
        )}
      </div>
    </div>
  );
}
