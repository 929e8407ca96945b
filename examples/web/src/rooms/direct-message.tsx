// A direct message: name someone, and be in the room that the two of you share.
import { useMutation } from '@apollo/client/react';
import { CreateRoomDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Complaint, Refusal } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { goToRoom } from '../ui/route';
import { useSubmit } from '../ui/use-submit';
import { useFindPeople } from './people';

interface Props {
  onClose(): void;
  onEntered(): void;
}

export function DirectMessage({ onClose, onEntered }: Props) {
  const [usernames, setUsernames] = useState('');
  const [create] = useMutation(documentNode(CreateRoomDocument));
  const findPeople = useFindPeople();
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    const people = await findPeople(usernames);
    if (people.length === 0) throw new Refusal('Whom would you like to write to?');
    const input = { kind: 'DIRECT' as const, memberIds: people.map(({ id }) => id) };
    const { data } = await create({ variables: { input } });
    if (data) goToRoom(data.createRoom.id);
    onEntered();
    onClose();
  });
  return (
    <Dialog title="Message someone" onClose={onClose}>
      <form className="dialog-form" onSubmit={onSubmit}>
        <Field
          label="Username"
          hint="Or up to seven, with commas between them."
          name="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={usernames}
          onChange={setUsernames}
        />
        <Complaint sentence={complaint} />
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy}>
            Open
          </button>
        </div>
      </form>
    </Dialog>
  );
}
