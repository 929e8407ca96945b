// The rooms of the viewer, liveliest first, each with its last words.
import type { Room } from 'parley/client';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { hrefOfRoom } from '../ui/route';
import { briefly, momentOf } from '../ui/time';
import { useRoomName } from './room-name';
import { useHasNews } from './seen';
import './room-list.css';

export function RoomList({ rooms, openId }: { rooms: readonly Room[]; openId: string | undefined }) {
  return (
    <ul className="room-list">
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomItem room={room} open={room.id === openId} />
        </li>
      ))}
    </ul>
  );
}

function RoomItem({ room, open }: { room: Room; open: boolean }) {
  const { name, face } = useRoomName(room);
  const hasNews = useHasNews(room) && !open;
  const last = room.lastMessage;
  return (
    <a
      className={hasNews ? 'room-item has-news' : 'room-item'}
      href={hrefOfRoom(room.id)}
      aria-current={open ? 'page' : undefined}
    >
      {face ? <Avatar face={face} /> : <RoomSign room={room} />}
      <span className="room-item-name">{name}</span>
      {last && (
        <time className="room-item-time" dateTime={last.createdAt} title={momentOf(last.createdAt)}>
          {briefly(last.createdAt)}
        </time>
      )}
      <span className="room-item-last">
        <LastWords room={room} />
      </span>
      {hasNews && <span className="room-item-news" role="img" aria-label="New messages" />}
    </a>
  );
}

/** The square in front of a room that is not one person. */
export function RoomSign({ room }: { room: Pick<Room, 'kind'> }) {
  return (
    <span className="room-sign">
      <Icon name={room.kind === 'PUBLIC' ? 'hash' : room.kind === 'PRIVATE' ? 'lock' : 'people'} />
    </span>
  );
}

function LastWords({ room }: { room: Room }) {
  const me = useMe();
  const last = room.lastMessage;
  if (room.archivedAt) return <em>Archived</em>;
  if (!last) return <em>Nothing said yet</em>;
  const who = last.author.id === me.id ? 'You: ' : room.kind === 'DIRECT' ? '' : `${last.author.displayName}: `;
  return (
    <>
      {who}
      {last.content ?? <em>message deleted</em>}
    </>
  );
}
