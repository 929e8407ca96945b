// Who somebody is, and what one can do about them: write to them, or block them. What a room adds stands below.
import { useQuery } from '@apollo/client/react';
import { PersonDocument, type User } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import type { ReactNode } from 'react';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Complaint } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { dateAndTimeOf, dateOf } from '../ui/time';
import { useSubmit } from '../ui/use-submit';
import { BlockButton } from './block-button';
import { useDirectRoom } from './use-direct-room';
import './person-card.css';

interface Props {
  user: User;
  onClose(): void;
  children?: ReactNode;
}

export function PersonCard({ user, onClose, children }: Props) {
  const me = useMe();
  const { data } = useQuery(documentNode(PersonDocument), {
    variables: { username: user.username },
    fetchPolicy: 'network-only', // whether they are here is true for a moment
  });
  const openDirectRoom = useDirectRoom();
  const { busy, complaint, run } = useSubmit(async () => {
    await openDirectRoom([user]);
    onClose();
  });
  const { online, lastSeenAt } = data?.user ?? {};
  return (
    <Dialog title={user.displayName} onClose={onClose}>
      <div className="person">
        <Avatar face={user} online={online} />
        <p>
          @{user.username} {user.bot && <span className="chip">Program</span>}
          <span>
            {online ? 'Online' : lastSeenAt ? `Last here ${dateAndTimeOf(lastSeenAt)}` : 'Not here'} · since{' '}
            {dateOf(user.createdAt)}
          </span>
        </p>
      </div>
      <Complaint sentence={complaint} />
      {user.id !== me.id && (
        <div className="person-ways">
          <button type="button" className="button primary" onClick={run} disabled={busy}>
            <Icon name="person" /> Message {user.displayName}
          </button>
          <BlockButton user={user} />
          {children}
        </div>
      )}
    </Dialog>
  );
}
