// What a room is called on screen: its name, or for a direct one the people in it apart from oneself.
import { useQuery } from '@apollo/client/react';
import { RoomMembersDocument, type RoomPartsFragment, type User } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useMe } from '../session/me';

const MOST_IN_DIRECT = 8; // a direct room never has more people

export interface RoomName {
  readonly name: string;
  /** The person behind a direct room of two. */
  readonly face?: User;
}

export function useRoomName(room: Pick<RoomPartsFragment, 'id' | 'kind' | 'name'>): RoomName {
  const me = useMe();
  const { data } = useQuery(documentNode(RoomMembersDocument), {
    variables: { roomId: room.id, first: MOST_IN_DIRECT },
    skip: room.kind !== 'DIRECT',
    fetchPolicy: 'cache-first', // the people of a direct room are fixed
  });
  if (room.kind !== 'DIRECT') return { name: room.name ?? 'Room without a name' };
  const others = data?.room?.members.nodes.map(({ user }) => user).filter((user) => user.id !== me.id);
  if (!others) return { name: '…' };
  if (others.length === 0) return { name: `${me.displayName} (you)`, face: me };
  return { name: others.map((user) => user.displayName).join(', '), face: others.length === 1 ? others[0] : undefined };
}
