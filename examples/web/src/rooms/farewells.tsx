// The two ways of being done with a room: leave it, or archive it for everyone.
import { useMutation } from '@apollo/client/react';
import { ArchiveRoomDocument, LeaveRoomDocument, type Room } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Confirm } from '../ui/confirm';
import { goToList } from '../ui/route';

interface Props {
  room: Room;
  mayArchive: boolean;
  onListChanged(): Promise<unknown>;
}

export function Farewells({ room, mayArchive, onListChanged }: Props) {
  const [asking, setAsking] = useState<'leave' | 'archive'>();
  const [leave] = useMutation(documentNode(LeaveRoomDocument), { variables: { roomId: room.id } });
  const [archive] = useMutation(documentNode(ArchiveRoomDocument), { variables: { roomId: room.id } });
  const close = () => setAsking(undefined);
  return (
    <section className="details-farewells" aria-label="Leave or archive">
      <button type="button" className="button quiet small danger" onClick={() => setAsking('leave')}>
        Leave room
      </button>
      {mayArchive && (
        <button type="button" className="button quiet small danger" onClick={() => setAsking('archive')}>
          Archive room
        </button>
      )}
      {asking === 'leave' && (
        <Confirm
          title={`Leave ${room.name}?`}
          consequence={
            room.kind === 'PUBLIC'
              ? 'You can come back at any time: the room is public.'
              : 'Only a member can let you in again.'
          }
          doIt="Leave"
          onClose={close}
          act={async () => {
            await leave();
            await onListChanged();
            goToList();
          }}
        />
      )}
      {asking === 'archive' && (
        <Confirm
          title={`Archive ${room.name}?`}
          consequence="Everyone can still read it, and nobody can write in it any more. There is no way back."
          doIt="Archive"
          onClose={close}
          act={() => archive()}
        />
      )}
    </section>
  );
}
