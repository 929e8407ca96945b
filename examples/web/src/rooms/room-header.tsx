// The head of an open room: back (on a phone), its name and topic, and the doors to its pins and its details.
import type { Room } from 'parley/client';
import { useEffect, useRef } from 'react';
import { Avatar } from '../ui/avatar';
import { ConnectionBadge } from '../ui/connection-badge';
import { Icon, type IconName } from '../ui/icon';
import { RoomSign } from './room-list';
import { useRoomName } from './room-name';

interface Props {
  room: Room;
  name: string;
  online: ReadonlySet<string>;
  /** What is open beside the talk. */
  beside: unknown;
  onBeside(door: Door): void;
}

export type Door = 'pinned' | 'details';

const DOORS: readonly { door: Door; label: string; icon: IconName }[] = [
  { door: 'pinned', label: 'Pinned messages', icon: 'pin' },
  { door: 'details', label: 'Details and members', icon: 'people' },
];

export function RoomHeader({ room, name, online, beside, onBeside }: Props) {
  const { face } = useRoomName(room);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${name} · Parley`;
    return () => {
      document.title = 'Parley';
    };
  }, [name]);
  useEffect(() => {
    // With a mouse the composer takes the focus; with a finger that would open the screen's keyboard.
    if (!matchMedia('(pointer: fine)').matches) heading.current?.focus();
  }, []);
  return (
    <header className="room-header">
      <a className="icon-button room-back" href="#/" aria-label="Back to your rooms">
        <Icon name="back" />
      </a>
      {face ? <Avatar face={face} online={online.has(face.id)} /> : <RoomSign room={room} />}
      <div className="room-title">
        <h2 ref={heading} tabIndex={-1}>
          {name}
        </h2>
        {room.kind === 'DIRECT' ? (
          <p>{face && online.has(face.id) ? 'Online' : 'Direct message'}</p>
        ) : (
          room.topic && <p title={room.topic}>{room.topic}</p>
        )}
      </div>
      <ConnectionBadge />
      {DOORS.map(({ door, label, icon }) => (
        <button
          key={door}
          type="button"
          className="icon-button"
          aria-label={label}
          title={label}
          aria-expanded={beside === door}
          aria-pressed={beside === door}
          onClick={() => onBeside(door)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </header>
  );
}
