// A thread beside the talk: the message that it is about, what was replied, and a place to reply.
import type { Message, MessageCard, Room } from 'parley/client';
import { useMemo, useState } from 'react';
import { useMe } from '../session/me';
import { Complaint } from '../ui/complaint';
import { Panel } from '../ui/panel';
import { addToDraft, Composer } from './composer';
import { linesOf } from './layout';
import { MessageRow } from './message-row';
import { openMessage } from './open-message';
import { PendingRow } from './pending-row';
import { useRights } from './rights';
import { useMark } from './use-mark';
import { type Pending, useOutbox } from './use-outbox';
import { useThread } from './use-thread';
import './thread-panel.css';

interface Props {
  room: Room;
  messageId: string;
  /** The reply to begin with, unless it is the newest. */
  replyId?: string;
  heard: readonly Message[];
  onClose(): void;
}

export function ThreadPanel({ room, messageId, replyId, heard, onClose }: Props) {
  const me = useMe();
  const rights = useRights(room);
  const thread = useThread(messageId, heard, replyId);
  const outbox = useOutbox(room.id, thread.replies, messageId);
  const [editing, setEditing] = useState<MessageCard>();
  const [takenBack, setTakenBack] = useState(0);
  const { replies, first } = thread;
  const lines = useMemo(() => linesOf(replies, outbox.pending, me.id), [replies, outbox.pending, me.id]);

  const takeBack = (entry: Pending) => {
    addToDraft(me.id, messageId, outbox.takeBack(entry));
    setTakenBack(takenBack + 1);
  };
  const isThere = replies.some(({ id }) => id === replyId);
  const marked = useMark(useMemo(() => (isThere ? { id: replyId } : undefined), [isThere, replyId]));
  const row = { rights, onEdit: setEditing };
  return (
    <Panel title="Thread" className="thread" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the arrow keys */}
      <section className="thread-scroll" aria-label="Replies" tabIndex={0}>
        <div className="thread-content">
          <Complaint sentence={thread.problem} />
          {first === null && <p className="thread-note">This message is not yours to see.</p>}
          {first && <MessageRow message={first} leads editing={editing?.id === first.id} {...row} />}
          {first && (
            <button type="button" className="button quiet small" onClick={() => openMessage(first)}>
              Show in the room
            </button>
          )}
          {thread.hasOlder && (
            <button type="button" className="button quiet small" onClick={thread.loadOlder}>
              Earlier replies
            </button>
          )}
          <ol>
            {lines.map(({ entry, leads }) => (
              <li key={entry.key} className={leads ? 'line leads' : 'line'}>
                {entry.pending ? (
                  <PendingRow entry={entry.pending} leads={leads} onRetry={outbox.retry} onTakeBack={takeBack} />
                ) : (
                  <MessageRow
                    message={entry.message}
                    leads={leads}
                    editing={editing?.id === entry.message.id}
                    marked={marked === entry.message.id}
                    {...row}
                  />
                )}
              </li>
            ))}
          </ol>
        </div>
      </section>
      {rights.speaks && first && <Composer key={takenBack} place={messageId} label="Reply" onSend={outbox.send} />}
    </Panel>
  );
}
