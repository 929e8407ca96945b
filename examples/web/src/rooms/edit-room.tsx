// Another name or topic for a room, for its owners.
import { useMutation } from '@apollo/client/react';
import { type Room, UpdateRoomDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Complaint } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';

export function EditRoom({ room, onClose }: { room: Room; onClose(): void }) {
  const [name, setName] = useState(room.name ?? '');
  const [topic, setTopic] = useState(room.topic ?? '');
  const [update] = useMutation(documentNode(UpdateRoomDocument));
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    await update({ variables: { input: { roomId: room.id, name: name.trim(), topic: topic.trim() } } });
    onClose();
  });
  return (
    <Dialog title="Edit room" onClose={onClose}>
      <form className="dialog-form" onSubmit={onSubmit}>
        <Field label="Name" name="name" required value={name} onChange={setName} />
        <Field label="Topic" name="topic" value={topic} onChange={setTopic} />
        <Complaint sentence={complaint} />
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
