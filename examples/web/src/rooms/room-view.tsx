// One room, open: its head, its talk, the place to write, and on request a thread, its pins or its details beside them.
import { useQuery } from '@apollo/client/react';
import { type MessageCard, type Room, RoomDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useCallback, useEffect, useState } from 'react';
import { line } from '../line';
import { addToDraft, Composer } from '../messages/composer';
import { ThreadPanel } from '../messages/thread-panel';
import { Timeline } from '../messages/timeline';
import { TypingLine } from '../messages/typing-line';
import { type Pending, useOutbox } from '../messages/use-outbox';
import { useTimeline } from '../messages/use-timeline';
import { useMe } from '../session/me';
import { Complaint, sentenceOf } from '../ui/complaint';
import { usePlace } from '../ui/route';
import { JoinBar } from './join-bar';
import { Pinned } from './pinned';
import { RoomDetails } from './room-details';
import { type Door, RoomHeader } from './room-header';
import { useRoomName } from './room-name';
import { useSignals } from './use-signals';
import './room-view.css';

interface Props {
  roomId: string;
  onListChanged(): Promise<unknown>;
}

export function RoomView({ roomId, onListChanged }: Props) {
  const { data, error } = useQuery(documentNode(RoomDocument), {
    variables: { id: roomId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  if (data?.room) return <OpenRoom room={data.room} onListChanged={onListChanged} />;
  return (
    <main className="no-room">
      {error && <Complaint sentence={sentenceOf(error)} />}
      {data?.room === null && (
        <p>
          This room does not exist, or it is not yours to see. <a href="#/">Back to your rooms</a>
        </p>
      )}
    </main>
  );
}

/** What is open beside the talk. */
type Beside = Door | { readonly thread: string; readonly reply?: string };

function OpenRoom({ room, onListChanged }: { room: Room; onListChanged(): Promise<unknown> }) {
  const me = useMe();
  const { name } = useRoomName(room);
  const [beside, setBeside] = useState<Beside>();
  const [editing, setEditing] = useState<MessageCard>();
  const timeline = useTimeline(room);
  const outbox = useOutbox(room.id, timeline.messages);
  const { typing, online } = useSignals(room.id, !timeline.farewell && !room.archivedAt, timeline.heard);
  const [takenBack, setTakenBack] = useState(0);

  useEffect(() => {
    if (timeline.farewell) void onListChanged(); // the list may still show a room that is ours no more
  }, [timeline.farewell, onListChanged]);

  const { messageId, replyId } = usePlace();
  useEffect(() => {
    if (messageId && replyId) setBeside({ thread: messageId, reply: replyId });
  }, [messageId, replyId]);

  const openThread = useCallback((thread: string) => setBeside({ thread }), []);
  const close = () => setBeside(undefined);
  const send = (content: string) => {
    line.typing.done(room.id);
    outbox.send(content);
  };
  const editLast = () => {
    const last = timeline.messages.findLast(({ author, deletedAt }) => author.id === me.id && !deletedAt);
    if (last) setEditing(last);
  };
  const takeBack = (entry: Pending) => {
    addToDraft(me.id, room.id, outbox.takeBack(entry));
    setTakenBack(takenBack + 1);
  };
  return (
    <main className="room" aria-label={name}>
      <RoomHeader
        room={room}
        name={name}
        online={online}
        beside={beside}
        onBeside={(door) => setBeside(beside === door ? undefined : door)}
      />
      <div className="room-body">
        <div className="room-talk">
          <Timeline
            room={room}
            name={name}
            timeline={timeline}
            online={online}
            pending={outbox.pending}
            editing={editing}
            onEdit={setEditing}
            onThread={openThread}
            onRetry={outbox.retry}
            onTakeBack={takeBack}
          />
          {timeline.farewell ? (
            <p className="room-farewell" role="status">
              {timeline.farewell}
            </p>
          ) : room.archivedAt ? (
            <p className="room-farewell">This room is archived: it can be read, and nothing in it changes any more.</p>
          ) : room.viewerMembership ? (
            <>
              <TypingLine people={typing} />
              <Composer
                key={takenBack}
                place={room.id}
                label={`Message to ${name}`}
                onSend={send}
                onType={() => line.typing.pressed(room.id)}
                onEditLast={editLast}
              />
            </>
          ) : (
            <JoinBar room={room} onJoined={onListChanged} />
          )}
        </div>
        {beside === 'pinned' && <Pinned room={room} onClose={close} />}
        {beside === 'details' && (
          <RoomDetails room={room} online={online} onClose={close} onListChanged={onListChanged} />
        )}
        {typeof beside === 'object' && (
          <ThreadPanel
            key={beside.thread}
            room={room}
            messageId={beside.thread}
            replyId={beside.reply}
            heard={timeline.heard}
            onClose={close}
          />
        )}
      </div>
    </main>
  );
}
