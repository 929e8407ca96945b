// The public rooms, to look through, search and join.
import { useMutation, useQuery } from '@apollo/client/react';
import { JoinRoomDocument, PublicRoomsDocument, type Room } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useDeferredValue, useState } from 'react';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { goToRoom } from '../ui/route';
import { ShowMore } from '../ui/show-more';
import { useSubmit } from '../ui/use-submit';
import { RoomSign } from './room-list';
import './browse-rooms.css';

interface Props {
  onClose(): void;
  onEntered(): void;
}

export function BrowseRooms({ onClose, onEntered }: Props) {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim()) || null;
  const { data, previousData, error, fetchMore } = useQuery(documentNode(PublicRoomsDocument), {
    variables: { search, first: 30 },
    fetchPolicy: 'cache-and-network',
  });
  const page = (data ?? previousData)?.rooms;
  const enter = (room: Room) => {
    goToRoom(room.id);
    onEntered();
    onClose();
  };
  return (
    <Dialog title="Browse public rooms" onClose={onClose}>
      <input
        className="input"
        type="search"
        aria-label="Search rooms by name"
        placeholder="Search by name"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Complaint sentence={error && sentenceOf(error)} />
      <ul className="public-rooms" aria-label="Public rooms">
        {page?.nodes.map((room) => (
          <PublicRoom key={room.id} room={room} onEntered={() => enter(room)} />
        ))}
      </ul>
      {page?.nodes.length === 0 && <p className="public-none">No public room is called so.</p>}
      <ShowMore page={page?.pageInfo} fetchMore={fetchMore} />
    </Dialog>
  );
}

function PublicRoom({ room, onEntered }: { room: Room; onEntered(): void }) {
  const [join] = useMutation(documentNode(JoinRoomDocument), { variables: { roomId: room.id } });
  const { busy, complaint, run } = useSubmit(async () => {
    await join();
    onEntered();
  });
  return (
    <li className="public-room">
      <RoomSign room={room} />
      <p>
        <strong>{room.name}</strong>
        <span>{room.archivedAt ? 'Archived' : room.topic || 'No topic'}</span>
      </p>
      {room.viewerMembership || room.archivedAt ? (
        <button type="button" className="button small" onClick={onEntered} aria-label={`Open ${room.name}`}>
          Open
        </button>
      ) : (
        <button
          type="button"
          className="button primary small"
          onClick={run}
          disabled={busy}
          aria-label={`Join ${room.name}`}
        >
          Join
        </button>
      )}
      <Complaint sentence={complaint} />
    </li>
  );
}
