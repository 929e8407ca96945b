// The people of a room with their roles; those who may can add, remove and promote.
import { useMutation, useQuery } from '@apollo/client/react';
import {
  AddMembersDocument,
  type Membership,
  RemoveMemberDocument,
  type Room,
  RoomMembersDocument,
  type RoomRole,
  SetRoleDocument,
} from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Icon } from '../ui/icon';
import { useSubmit } from '../ui/use-submit';
import { useFindPeople } from './people';

const MOST = 100; // the largest page that the server gives

export function Members({ room, online }: { room: Room; online: ReadonlySet<string> }) {
  const { data, error, fetchMore } = useQuery(documentNode(RoomMembersDocument), {
    variables: { roomId: room.id, first: MOST },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const page = data?.room?.members;
  const role = room.archivedAt || room.kind === 'DIRECT' ? undefined : room.viewerMembership?.role;
  const mayAdd = role && (room.kind === 'PUBLIC' || role !== 'MEMBER');
  return (
    <section aria-label="Members">
      <h3>
        Members <span className="details-count">{page?.totalCount}</span>
      </h3>
      <Complaint sentence={error && sentenceOf(error)} />
      <ul className="members">
        {page?.nodes.map((membership) => (
          <Member
            key={membership.id}
            room={room}
            membership={membership}
            myRole={role}
            here={online.has(membership.user.id)}
          />
        ))}
      </ul>
      {page?.pageInfo.hasNextPage && (
        <button
          type="button"
          className="button quiet small"
          onClick={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })}
        >
          Show more
        </button>
      )}
      {mayAdd && <AddPeople room={room} />}
    </section>
  );
}

const ROLES: Record<RoomRole, string> = { OWNER: 'Owner', MODERATOR: 'Moderator', MEMBER: 'Member' };

interface MemberProps {
  room: Room;
  membership: Membership;
  myRole: RoomRole | undefined;
  here: boolean;
}

function Member({ room, membership, myRole, here }: MemberProps) {
  const me = useMe();
  const { user, role } = membership;
  const input = { roomId: room.id, userId: user.id };
  const [setRole, setting] = useMutation(documentNode(SetRoleDocument));
  const [remove, removing] = useMutation(documentNode(RemoveMemberDocument), { variables: { input } });
  const problem = setting.error ?? removing.error;
  const mayRemove = user.id !== me.id && (myRole === 'OWNER' || (myRole === 'MODERATOR' && role !== 'OWNER'));
  const change = (next: RoomRole) => setRole({ variables: { input: { ...input, role: next } } }).catch(() => {});
  return (
    <li className="member">
      <Avatar face={user} size="small" online={here || user.id === me.id} />
      <p>
        <strong>{user.displayName}</strong>
        <span>
          @{user.username}
          {user.id === me.id && ' (you)'}
          {here && user.id !== me.id && <> · online</>}
        </span>
      </p>
      {myRole === 'OWNER' ? (
        <select
          aria-label={`Role of ${user.displayName}`}
          value={role}
          onChange={(event) => change(event.target.value as RoomRole)}
        >
          {Object.entries(ROLES).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      ) : (
        role !== 'MEMBER' && <span className="chip">{ROLES[role]}</span>
      )}
      {mayRemove && (
        <button
          type="button"
          className="icon-button"
          aria-label={`Remove ${user.displayName}`}
          onClick={() => remove().catch(() => {})} // told by `problem`
        >
          <Icon name="close" />
        </button>
      )}
      <Complaint sentence={problem && sentenceOf(problem)} />
    </li>
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
