// The page of someone who is signed in: rooms on the left, the open one on the right; on a phone, one of the two.
import { useEffect, useRef } from 'react';
import { RoomView } from './rooms/room-view';
import { Sidebar } from './rooms/sidebar';
import { useRooms } from './rooms/use-rooms';
import { goToRoom, hrefOfRoom, useOpenRoomId } from './ui/route';
import './chat.css';

const WIDE = '(min-width: 720px)'; // as in chat.css: both views fit side by side

export function Chat({ onSignedOut }: { onSignedOut(reason?: string): void }) {
  const openId = useOpenRoomId();
  const list = useRooms();

  const liveliest = list.rooms[0]?.id;
  useEffect(() => {
    if (!openId && liveliest && matchMedia(WIDE).matches) goToRoom(liveliest);
  }, [openId, liveliest]);

  const lastOpenId = useRef(openId);
  useEffect(() => {
    // Back in the list, a keyboard or a screen reader goes on where it left.
    if (!openId && lastOpenId.current)
      document.querySelector<HTMLElement>(`a[href="${hrefOfRoom(lastOpenId.current)}"]`)?.focus();
    lastOpenId.current = openId;
  }, [openId]);

  return (
    <div className="chat" data-view={openId ? 'room' : 'list'}>
      <Sidebar list={list} openId={openId} onSignedOut={onSignedOut} />
      {openId ? (
        <RoomView key={openId} roomId={openId} onListChanged={list.refresh} />
      ) : (
        <main className="no-room">Choose a room to read along.</main>
      )}
    </div>
  );
}
