// Keeps the open room alive: follows it into the cache, tells how the line is, and knows when it is over and why.
import { followRoom, type ListenEnd, type RoomStreamItem } from 'parley/client/apollo';
import { useEffect, useRef, useState } from 'react';
import { line, sessionLost, setLineState } from '../line';
import { sentenceOf } from '../ui/complaint';

interface Over {
  readonly sentence: string | undefined;
  readonly membershipId: string | undefined;
}

/**
 * `ready` once there is a page whose end the stream can begin at. Answers with the reason when the server has closed the
 * room's stream for good. Whoever is let in again, as a new member, hears the room again.
 */
export function useStream(
  roomId: string,
  ready: boolean,
  membershipId: string | undefined,
  onItem: (item: RoomStreamItem) => void,
): string | undefined {
  const [begun, setBegun] = useState(false);
  if (ready && !begun) setBegun(true); // a page that is asked for again later must not end the stream

  const [over, setOver] = useState<Over>();
  if (over && membershipId && membershipId !== over.membershipId) setOver(undefined);
  const membership = useRef(membershipId);
  useEffect(() => {
    membership.current = membershipId;
  }, [membershipId]);

  const wanted = begun && !over;
  useEffect(() => {
    if (!wanted) return;
    const following = followRoom(line.client, { roomId, socket: line.socket, onItem, onState: setLineState });
    following.ended.then((end) => {
      if (end.reason === 'STOPPED') return;
      if (end.reason === 'SESSION_ENDED' || end.reason === 'SESSION_EXPIRED') return sessionLost();
      setOver({ sentence: sentenceOfEnd(end), membershipId: membership.current });
    });
    return () => {
      following.stop();
      setLineState('idle');
    };
  }, [roomId, wanted, onItem]);
  return over?.sentence;
}

function sentenceOfEnd(end: ListenEnd): string | undefined {
  if (end.reason === 'ACCESS_REVOKED') return 'You are no longer a member of this room.';
  return end.reason === 'REFUSED' ? sentenceOf(end.error) : undefined; // the room itself shows that it is archived
}
