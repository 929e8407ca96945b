// Another name or topic for a room, for its owners.
import { useMutation } from '@apollo/client/react';
import { type Room, UpdateRoomDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Field } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';

export function EditRoom({ room, onClose }: { room: Room; onClose(): void }) {
  const [name, setName] = useState(room.name ?? '');
  const [topic, setTopic] = useState(room.topic ?? '');
  const [update] = useMutation(documentNode(UpdateRoomDocument));
  const act = async () => {
    await update({ variables: { input: { roomId: room.id, name: name.trim(), topic: topic.trim() } } });
  };
  return (
    <FormDialog title="Edit room" doIt="Save" act={act} onClose={onClose}>
      <Field label="Name" name="name" required value={name} onChange={setName} />
      <Field label="Topic" name="topic" value={topic} onChange={setTopic} />
    </FormDialog>
  );
}
