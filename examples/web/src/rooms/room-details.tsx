// What a room is and who is in it, with everything that one may change about either.
import type { Room } from 'parley/client';
import { useState } from 'react';
import { Icon } from '../ui/icon';
import { EditRoom } from './edit-room';
import { Farewells } from './farewells';
import { Members } from './members';
import './room-details.css';

interface Props {
  room: Room;
  online: ReadonlySet<string>;
  onClose(): void;
  onListChanged(): Promise<unknown>;
}

export function RoomDetails({ room, online, onClose, onListChanged }: Props) {
  const [editing, setEditing] = useState(false);
  const mayEdit = room.viewerMembership?.role === 'OWNER' && room.kind !== 'DIRECT' && !room.archivedAt;
  return (
    <aside className="details" aria-label="Room details">
      <header>
        <h3>Details</h3>
        <button type="button" className="icon-button" aria-label="Close details" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {room.kind !== 'DIRECT' && (
        <section aria-label="About">
          <p className="details-kind">{room.kind === 'PUBLIC' ? 'Public room' : 'Private room'}</p>
          <p>{room.topic || <em>No topic yet</em>}</p>
          {mayEdit && (
            <button type="button" className="button small" onClick={() => setEditing(true)}>
              <Icon name="edit" /> Edit name and topic
            </button>
          )}
        </section>
      )}
      <Members room={room} online={online} />
      <Farewells room={room} onListChanged={onListChanged} />
      {editing && <EditRoom room={room} onClose={() => setEditing(false)} />}
    </aside>
  );
}
