// What a room is and who is in it, with everything that one may change about either.
import type { Room } from 'parley/client';
import { useState } from 'react';
import { BlockButton } from '../people/block-button';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { Panel } from '../ui/panel';
import { Bans } from './bans';
import { EditRoom } from './edit-room';
import { Farewells } from './farewells';
import { Members } from './members';
import { Notify } from './notify';
import { useRoomName } from './room-name';
import { rightsIn } from './room-rights';
import './room-details.css';

interface Props {
  room: Room;
  online: ReadonlySet<string>;
  onClose(): void;
  onListChanged(): Promise<unknown>;
}

export function RoomDetails({ room, online, onClose, onListChanged }: Props) {
  const me = useMe();
  const { face } = useRoomName(room);
  const rights = rightsIn(room);
  return (
    <Panel title="Details" name="Room details" onClose={onClose}>
      {room.kind !== 'DIRECT' && <About room={room} mayEdit={rights.owns} />}
      <Notify room={room} />
      <Members room={room} online={online} />
      {rights.moderates && <Bans room={room} />}
      {rights.leaves && <Farewells room={room} mayArchive={rights.owns} onListChanged={onListChanged} />}
      {face && face.id !== me.id && (
        <section aria-label="Block">
          <BlockButton user={face} />
        </section>
      )}
    </Panel>
  );
}

function About({ room, mayEdit }: { room: Room; mayEdit: boolean }) {
  const [editing, setEditing] = useState(false);
  return (
    <section aria-label="About">
      <p className="details-kind">{room.kind === 'PUBLIC' ? 'Public room' : 'Private room'}</p>
      <p>{room.topic || <em>No topic yet</em>}</p>
      {mayEdit && (
        <button type="button" className="button small" onClick={() => setEditing(true)}>
          <Icon name="edit" /> Edit name and topic
        </button>
      )}
      {editing && <EditRoom room={room} onClose={() => setEditing(false)} />}
    </section>
  );
}
