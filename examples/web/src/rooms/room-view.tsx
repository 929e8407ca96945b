// One room, open: its head, its talk, the place to write, and on request its details.
import { useQuery } from '@apollo/client/react';
import { type MessageCard, type Room, RoomDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useEffect, useState } from 'react';
import { addToDraft, Composer } from '../messages/composer';
import { Timeline } from '../messages/timeline';
import { type Pending, useOutbox } from '../messages/use-outbox';
import { useTimeline } from '../messages/use-timeline';
import { useMe } from '../session/me';
import { Complaint, sentenceOf } from '../ui/complaint';
import { JoinBar } from './join-bar';
import { RoomDetails } from './room-details';
import { RoomHeader } from './room-header';
import { useRoomName } from './room-name';
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

function OpenRoom({ room, onListChanged }: { room: Room; onListChanged(): Promise<unknown> }) {
  const me = useMe();
  const { name } = useRoomName(room);
  const [detailed, setDetailed] = useState(false);
  const [editing, setEditing] = useState<MessageCard>();
  const timeline = useTimeline(room);
  const outbox = useOutbox(room.id, timeline.messages);
  const [takenBack, setTakenBack] = useState(0);

  useEffect(() => {
    if (timeline.farewell) void onListChanged(); // the list may still show a room that is ours no more
  }, [timeline.farewell, onListChanged]);

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
      <RoomHeader room={room} name={name} detailed={detailed} onDetails={() => setDetailed(!detailed)} />
      <div className="room-body">
        <div className="room-talk">
          <Timeline
            room={room}
            name={name}
            timeline={timeline}
            pending={outbox.pending}
            editing={editing}
            onEdit={setEditing}
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
            <Composer
              key={takenBack}
              roomId={room.id}
              label={`Message to ${name}`}
              onSend={outbox.send}
              onEditLast={editLast}
            />
          ) : (
            <JoinBar room={room} onJoined={onListChanged} />
          )}
        </div>
        {detailed && <RoomDetails room={room} onClose={() => setDetailed(false)} onListChanged={onListChanged} />}
      </div>
    </main>
  );
}
