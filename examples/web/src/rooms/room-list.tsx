// The rooms of the viewer, liveliest first, each with its last words and how much in it is unread.
import type { Room } from 'parley/client';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { hrefOfRoom } from '../ui/route';
import { briefly, momentOf } from '../ui/time';
import { useRoomName } from './room-name';
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
  const { unread, mentions } = newsOf(room, open);
  const last = room.lastMessage;
  return (
    <a
      className={unread + mentions > 0 ? 'room-item has-news' : 'room-item'}
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
      {unread + mentions > 0 && <News unread={unread} mentions={mentions} />}
    </a>
  );
}

interface RoomNews {
  readonly unread: number;
  readonly mentions: number;
}

/** What is new to one, as far as one wants to hear of it. Of the open room nothing: it is being read. */
function newsOf({ viewerReadState }: Room, open: boolean): RoomNews {
  if (!viewerReadState || open) return { unread: 0, mentions: 0 };
  const { notify, unreadCount, mentionCount } = viewerReadState;
  return { unread: notify === 'ALL' ? unreadCount : 0, mentions: notify === 'NONE' ? 0 : mentionCount };
}

function News({ unread, mentions }: RoomNews) {
  return (
    <span className="room-item-news">
      {mentions > 0 && (
        <span className="badge mention-badge">
          <span aria-hidden="true">@{shown(mentions)}</span>
          <span className="unseen">
            {shown(mentions)} for you{unread > 0 && ','}
          </span>
        </span>
      )}
      {unread > 0 && (
        <span className="badge">
          {shown(unread)}
          <span className="unseen"> unread</span>
        </span>
      )}
    </span>
  );
}

const shown = (count: number): string => (count < 100 ? `${count}` : '99+'); // there the server stops counting

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
