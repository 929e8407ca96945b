// Above the first message of a room: here it began.
import type { Room } from 'parley/client';

export function Beginning({ room, name, empty }: { room: Room; name: string; empty: boolean }) {
  return (
    <div className="beginning">
      <h3>{room.kind === 'DIRECT' ? `You and ${name}` : name}</h3>
      <p>
        {room.kind === 'DIRECT'
          ? 'Only the people in this conversation can read it.'
          : (room.topic ?? 'This is where the room begins.')}
      </p>
      {empty && <p>Nobody has said anything yet. The first word is yours.</p>}
    </div>
  );
}
