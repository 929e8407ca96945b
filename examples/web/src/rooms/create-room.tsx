// A new room: public for all, or private with the people one names.
import { useMutation } from '@apollo/client/react';
import { CreateRoomDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { useFindPeople } from '../people/find-people';
import { Field } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { goToRoom } from '../ui/route';

interface Props {
  onClose(): void;
  onEntered(): void;
}

export function CreateRoom({ onClose, onEntered }: Props) {
  const [kind, setKind] = useState<'PUBLIC' | 'PRIVATE'>('PUBLIC');
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [usernames, setUsernames] = useState('');
  const [create] = useMutation(documentNode(CreateRoomDocument));
  const findPeople = useFindPeople();
  const act = async () => {
    const memberIds = (await findPeople(usernames)).map(({ id }) => id);
    const input = { kind, name: name.trim(), topic: topic.trim() || null, memberIds };
    const { data } = await create({ variables: { input } });
    if (data) goToRoom(data.createRoom.id);
    onEntered();
  };
  return (
    <FormDialog title="New room" doIt="Create room" act={act} onClose={onClose}>
      <fieldset className="choices" aria-label="Who may enter">
        {(['PUBLIC', 'PRIVATE'] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
            {each === 'PUBLIC' ? 'Public' : 'Private'}
          </label>
        ))}
      </fieldset>
      <p className="dialog-hint">
        {kind === 'PUBLIC' ? 'Everyone who is signed in may read along and join.' : 'Only members know that it exists.'}
      </p>
      <Field label="Name" name="name" required value={name} onChange={setName} />
      <Field label="Topic, if it has one" name="topic" value={topic} onChange={setTopic} />
      <Field
        label="With whom"
        hint="Usernames, with commas between them. You can add people later, too."
        name="members"
        autoCapitalize="none"
        placeholder="bob, cleo"
        value={usernames}
        onChange={setUsernames}
      />
    </FormDialog>
  );
}
