// Where a stranger in a public room finds, in place of the composer, the way to become a member.
import { useMutation } from '@apollo/client/react';
import { JoinRoomDocument, type Room } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { Complaint } from '../ui/complaint';
import { useSubmit } from '../ui/use-submit';

export function JoinBar({ room, onJoined }: { room: Room; onJoined(): Promise<unknown> }) {
  const [join] = useMutation(documentNode(JoinRoomDocument), { variables: { roomId: room.id } });
  const { busy, complaint, run } = useSubmit(async () => {
    await join();
    await onJoined();
  });
  return (
    <div className="join-bar">
      <p>You are reading along. Join to write.</p>
      <button type="button" className="button primary" onClick={run} disabled={busy}>
        Join room
      </button>
      <Complaint sentence={complaint} />
    </div>
  );
}
