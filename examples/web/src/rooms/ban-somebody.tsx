// Keeps somebody out of a room, a member or anybody else: why, and for how long.
import { useMutation } from '@apollo/client/react';
import { BanMemberDocument, type Room, type User } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { useFindPeople } from '../people/find-people';
import { Choose } from '../ui/choose';
import { Refusal } from '../ui/complaint';
import { Field } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';

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
  const act = async () => {
    const people = user ? [user] : await findPeople(username);
    const [person, ...others] = people;
    if (!person || others.length > 0) throw new Refusal('Whom, please? One username.');
    const length = LENGTHS[span];
    const until = length === null ? null : new Date(Date.now() + length).toISOString();
    const input = { roomId: room.id, userId: person.id, reason: reason.trim() || null, until };
    await ban({ variables: { input } });
  };
  return (
    <FormDialog title={user ? `Ban ${user.displayName}` : 'Ban somebody'} doIt="Ban" danger act={act} onClose={onClose}>
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
    </FormDialog>
  );
}
