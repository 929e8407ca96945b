// The messages of a room on screen: rows near the screen alone, more as one scrolls, and a way back to the newest.
import type { MessageCard, Room } from 'parley/client';
import { useEffect, useMemo, useState } from 'react';
import { useReading } from '../rooms/use-reading';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { Beginning } from './beginning';
import { heightOf, type Line, linesOf } from './layout';
import { MessageRow } from './message-row';
import { PendingRow } from './pending-row';
import { useRights } from './rights';
import { useMark } from './use-mark';
import type { Pending } from './use-outbox';
import { type Row, useScroll } from './use-scroll';
import type { Timeline as TimelineState } from './use-timeline';
import './timeline.css';

interface Props {
  room: Room;
  name: string;
  timeline: TimelineState;
  online: ReadonlySet<string>;
  pending: readonly Pending[];
  editing: MessageCard | undefined;
  onEdit(message: MessageCard | undefined): void;
  onThread(messageId: string): void;
  onRetry(entry: Pending): void;
  onTakeBack(entry: Pending): void;
}

interface TalkRow extends Row {
  /** The first row of all has none: it tells where the room begins. */
  readonly line?: Line;
}

const BEGINNING: TalkRow = { key: 'beginning', height: 110 };

export function Timeline(props: Props) {
  const { room, name, timeline, online, pending, editing, onEdit, onThread, onRetry, onTakeBack } = props;
  const { messages, arrival, hasOlder, hasNewer, forgetOldest } = timeline;
  const me = useMe();
  const rights = useRights(room);
  const [focused, setFocused] = useState<string>();
  const [newAfter, setNewAfter] = useState<number>();
  const rows = useMemo(() => {
    const lines = linesOf(messages, hasNewer ? [] : pending, me.id, newAfter, !hasOlder);
    const talk: TalkRow[] = lines.map((line) => ({
      key: line.entry.key,
      height: heightOf(line),
      messageId: line.entry.message?.id,
      line,
    }));
    return arrival && !hasOlder ? [BEGINNING, ...talk] : talk;
  }, [messages, pending, me.id, newAfter, hasOlder, hasNewer, arrival]);
  const edited = rows.find(({ messageId }) => messageId && messageId === editing?.id)?.key;
  const busyKeys = [focused, edited].filter((key) => key !== undefined);
  const marked = useMark(arrival?.at === 'message' ? arrival : undefined);
  const { scroller, virtual, atNewest, news } = useScroll(rows, timeline, pending.length, busyKeys);

  const shownSeq = messages.findLast(({ author }) => author.id !== me.id)?.seq ?? 0;
  const unreadAfter = useReading(room, shownSeq, atNewest);
  if (unreadAfter !== newAfter) setNewAfter(unreadAfter);
  useEffect(() => {
    if (atNewest && messages.length > 0) forgetOldest();
  }, [atNewest, messages.length, forgetOldest]);

  return (
    <div className="timeline">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the arrow keys */}
      <section ref={scroller} className="timeline-scroll" aria-label="Messages" tabIndex={0}>
        <ol ref={virtual.containerRef} className="timeline-content" onBlur={() => setFocused(undefined)}>
          {virtual.getVirtualItems().map(({ key, index }) => {
            const line = rows[index]?.line;
            return (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className="timeline-row"
                onFocus={() => setFocused(String(key))}
              >
                {!line ? (
                  <Beginning room={room} name={name} empty={messages.length === 0} />
                ) : (
                  <div className={line.leads ? 'line leads' : 'line'}>
                    {line.day && (
                      <h3 className="day">
                        <span>{line.day}</span>
                      </h3>
                    )}
                    {line.begins && <p className="new-line">New messages</p>}
                    {line.entry.pending ? (
                      <PendingRow
                        entry={line.entry.pending}
                        leads={line.leads}
                        onRetry={onRetry}
                        onTakeBack={onTakeBack}
                      />
                    ) : (
                      <MessageRow
                        message={line.entry.message}
                        leads={line.leads}
                        rights={rights}
                        editing={editing?.id === line.entry.message.id}
                        online={online.has(line.entry.message.author.id)}
                        marked={marked === line.entry.message.id}
                        onEdit={onEdit}
                        onThread={onThread}
                      />
                    )}
                  </div>
                )}
              </li>
            );
          })}
        </ol>
      </section>
      <Progress timeline={timeline} />
      {arrival && !atNewest && (
        <button type="button" className="to-newest button" onClick={timeline.toNewest}>
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

/** Over the talk, not in it: whatever it tells, nothing moves. */
function Progress({ timeline: { problem, widening } }: { timeline: TimelineState }) {
  if (problem) {
    return (
      <p className="timeline-note problem" role="alert">
        {problem.sentence}{' '}
        <button type="button" className="button small" onClick={problem.retry}>
          Try again
        </button>
      </p>
    );
  }
  if (!widening) return null;
  return (
    <p className="timeline-note" data-side={widening}>
      {widening === 'older' ? 'Loading earlier messages…' : 'Loading later messages…'}
    </p>
  );
}
