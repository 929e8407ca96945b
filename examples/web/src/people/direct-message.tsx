// A direct message: name someone, and be in the room that the two of you share.
import { useState } from 'react';
import { Refusal } from '../ui/complaint';
import { Field } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
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
  const act = async () => {
    const people = await findPeople(usernames);
    if (people.length === 0) throw new Refusal('Whom would you like to write to?');
    await openDirectRoom(people);
    onEntered();
  };
  return (
    <FormDialog title="Message someone" doIt="Open" act={act} onClose={onClose}>
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
    </FormDialog>
  );
}
