// The way into the room that one shares with these people alone, which is made when there is none yet.
import { useMutation } from '@apollo/client/react';
import { CreateRoomDocument, type User } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { goToRoom } from '../ui/route';

export function useDirectRoom(): (people: readonly User[]) => Promise<void> {
  const [create] = useMutation(documentNode(CreateRoomDocument));
  return async (people) => {
    const input = { kind: 'DIRECT' as const, memberIds: people.map(({ id }) => id) };
    const { data } = await create({ variables: { input } });
    if (data) goToRoom(data.createRoom.id);
  };
}
