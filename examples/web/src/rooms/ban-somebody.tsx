// Keeps somebody out of a room, a member or anybody else: why, and for how long.
import { useMutation } from '@apollo/client/react';
import { BanMemberDocument, type Room, type User } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { useFindPeople } from '../people/find-people';
import { Choose } from '../ui/choose';
import { Complaint, Refusal } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';

const HOUR = 3_600_000; // ms
const SPANS = {
  ever: 'Until it is lifted',
  hour: 'An hour',
  day: 'A day',
  week: 'A week',
  month: '30 days',
};
const LENGTHS: Record<keyof typeof SPANS, number | null> = {
  ever: null,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
};

interface Props {
  room: Room;
  /** Unless it is asked who. */
  user?: User;
  onClose(): void;
}

export function BanSomebody({ room, user, onClose }: Props) {
  const [username, setUsername] = useState('');
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState<keyof typeof SPANS>('ever');
  const [ban] = useMutation(documentNode(BanMemberDocument));
  const findPeople = useFindPeople();
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    const people = user ? [user] : await findPeople(username);
    const [person, ...others] = people;
    if (!person || others.length > 0) throw new Refusal('Whom, please? One username.');
    const length = LENGTHS[span];
    const until = length === null ? null : new Date(Date.now() + length).toISOString();
    const input = { roomId: room.id, userId: person.id, reason: reason.trim() || null, until };
    await ban({ variables: { input } });
    onClose();
  });
  return (
    <Dialog title={user ? `Ban ${user.displayName}` : 'Ban somebody'} onClose={onClose}>
      <form className="dialog-form" onSubmit={onSubmit}>
        {!user && (
          <Field
            label="Username"
            name="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={username}
            onChange={setUsername}
          />
        )}
        <Field
          label="Why"
          hint="For moderators and owners alone to see."
          name="reason"
          value={reason}
          onChange={setReason}
        />
        <Choose label="For how long" words={SPANS} value={span} onChange={setSpan} />
        <p>For them the room will not exist, not even to read.</p>
        <Complaint sentence={complaint} />
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button danger" disabled={busy}>
            Ban
          </button>
        </div>
      </form>
    </Dialog>
  );
}
