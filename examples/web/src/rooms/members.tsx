// The people of a room with their roles; those who may can add them and set their roles.
import { useMutation, useQuery } from '@apollo/client/react';
import { AddMembersDocument, type Room, RoomMembersDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { useFindPeople } from '../people/find-people';
import { Complaint, sentenceOf } from '../ui/complaint';
import { ShowMore } from '../ui/show-more';
import { useSubmit } from '../ui/use-submit';
import { Member } from './member';
import { rightsIn } from './room-rights';

const MOST = 100; // the largest page that the server gives

export function Members({ room, online }: { room: Room; online: ReadonlySet<string> }) {
  const { data, error, fetchMore } = useQuery(documentNode(RoomMembersDocument), {
    variables: { roomId: room.id, first: MOST },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const page = data?.room?.members;
  return (
    <section aria-label="Members">
      <h3>
        Members <span className="details-count">{page?.totalCount}</span>
      </h3>
      <Complaint sentence={error && sentenceOf(error)} />
      <ul className="rows">
        {page?.nodes.map((membership) => (
          <Member key={membership.id} room={room} membership={membership} here={online.has(membership.user.id)} />
        ))}
      </ul>
      <ShowMore page={page?.pageInfo} fetchMore={fetchMore} />
      {rightsIn(room).adds && <AddPeople room={room} />}
    </section>
  );
}

function AddPeople({ room }: { room: Room }) {
  const [usernames, setUsernames] = useState('');
  const [add] = useMutation(documentNode(AddMembersDocument));
  const findPeople = useFindPeople();
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    const userIds = (await findPeople(usernames)).map(({ id }) => id);
    if (userIds.length > 0) await add({ variables: { input: { roomId: room.id, userIds } } });
    setUsernames('');
  });
  return (
    <form className="add-people" onSubmit={onSubmit}>
      <input
        className="input"
        aria-label="Add people by username"
        placeholder="Add by username"
        autoCapitalize="none"
        spellCheck={false}
        value={usernames}
        onChange={(event) => setUsernames(event.target.value)}
      />
      <button type="submit" className="button" disabled={busy || !usernames.trim()}>
        Add
      </button>
      <Complaint sentence={complaint} />
    </form>
  );
}
