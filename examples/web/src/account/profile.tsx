// How others see one: a name, and for programs that show them a picture.
import { useMutation } from '@apollo/client/react';
import { UpdateProfileDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { useMe } from '../session/me';
import { Complaint } from '../ui/complaint';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';

export function Profile() {
  const me = useMe();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [avatarUrl, setAvatarUrl] = useState(me.avatarUrl ?? '');
  const [update] = useMutation(documentNode(UpdateProfileDocument));
  const [saved, setSaved] = useState(false);
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    setSaved(false);
    await update({ variables: { input: { displayName: displayName.trim(), avatarUrl: avatarUrl.trim() || null } } });
    setSaved(true);
  });
  return (
    <form className="dialog-form" onSubmit={onSubmit}>
      <Field label="Name that others see" name="displayName" required value={displayName} onChange={setDisplayName} />
      <Field
        label="Address of a picture"
        hint="For other programs. This page draws initials, so that nobody learns who looks at their picture."
        type="url"
        name="avatarUrl"
        placeholder="https://"
        value={avatarUrl}
        onChange={setAvatarUrl}
      />
      <Complaint sentence={complaint} />
      <div className="dialog-actions">
        {saved && (
          <p className="account-note" role="status">
            Saved.
          </p>
        )}
        <button type="submit" className="button primary" disabled={busy}>
          Save
        </button>
      </div>
    </form>
  );
}
