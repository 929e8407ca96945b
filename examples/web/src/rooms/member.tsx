// One member in the list: who, here or not, in what role, and the way to their card.
import { useMutation } from '@apollo/client/react';
import { type Membership, RemoveMemberDocument, type Room, type RoomRole, SetRoleDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { PersonCard } from '../people/person-card';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { sentenceOf } from '../ui/complaint';
import { Icon } from '../ui/icon';
import { Row } from '../ui/row';
import { BanSomebody } from './ban-somebody';
import { maySendAway, rightsIn } from './room-rights';

const ROLES: Record<RoomRole, string> = { OWNER: 'Owner', MODERATOR: 'Moderator', MEMBER: 'Member' };

interface Props {
  room: Room;
  membership: Membership;
  here: boolean;
}

export function Member({ room, membership, here }: Props) {
  const me = useMe();
  const { user, role } = membership;
  const input = { roomId: room.id, userId: user.id };
  const [setRole, setting] = useMutation(documentNode(SetRoleDocument));
  const [remove, removing] = useMutation(documentNode(RemoveMemberDocument), { variables: { input } });
  const [open, setOpen] = useState<'card' | 'ban'>();
  const problem = setting.error ?? removing.error;
  const mine = user.id === me.id;
  const sendable = maySendAway(room, membership);
  const close = () => setOpen(undefined);
  const change = (next: RoomRole) => setRole({ variables: { input: { ...input, role: next } } }).catch(() => {});
  return (
    <Row
      sign={<Avatar face={user} size="small" online={here || mine} />}
      title={
        <button
          type="button"
          className="row-name"
          aria-label={`About ${user.displayName}`}
          onClick={() => setOpen('card')}
        >
          {user.displayName}
        </button>
      }
      note={
        <>
          @{user.username}
          {mine && ' (you)'}
          {here && !mine && ' · online'}
        </>
      }
      problem={problem && sentenceOf(problem)}
    >
      {rightsIn(room).owns ? (
        <select
          className="quiet-select"
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
      {sendable && (
        <button
          type="button"
          className="icon-button"
          aria-label={`Remove ${user.displayName}`}
          onClick={() => remove().catch(() => {})} // told by `problem`
        >
          <Icon name="close" />
        </button>
      )}
      {open === 'card' && (
        <PersonCard user={user} onClose={close}>
          {sendable && (
            <button type="button" className="button quiet danger" onClick={() => setOpen('ban')}>
              Ban from this room
            </button>
          )}
        </PersonCard>
      )}
      {open === 'ban' && <BanSomebody room={room} user={user} onClose={close} />}
    </Row>
  );
}
