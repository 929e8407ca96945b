// A direct message: name someone, and be in the room that the two of you share.
import { useState } from 'react';
import { Complaint, Refusal } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';
import { useFindPeople } from './find-people';
import { useDirectRoom } from './use-direct-room';

interface Props {
  onClose(): void;
  onEntered(): void;
}

export function DirectMessage({ onClose, onEntered }: Props) {
  const [usernames, setUsernames] = useState('');
  const openDirectRoom = useDirectRoom();
  const findPeople = useFindPeople();
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    const people = await findPeople(usernames);
    if (people.length === 0) throw new Refusal('Whom would you like to write to?');
    await openDirectRoom(people);
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
