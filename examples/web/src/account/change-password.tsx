// Another password: it ends every other session.
import { useMutation } from '@apollo/client/react';
import { ChangePasswordDocument, ViewerSessionsDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Complaint } from '../ui/complaint';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';
import { Username } from './username';

export function ChangePassword() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [changed, setChanged] = useState(false);
  const [change] = useMutation(documentNode(ChangePasswordDocument), {
    refetchQueries: [documentNode(ViewerSessionsDocument)],
  });
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    setChanged(false);
    await change({ variables: { input: { currentPassword, newPassword } } });
    setCurrent('');
    setNew('');
    setChanged(true);
  });
  return (
    <form className="account-part" onSubmit={onSubmit} aria-label="Change password">
      <Username />
      <Field
        label="Password"
        type="password"
        name="currentPassword"
        autoComplete="current-password"
        required
        value={currentPassword}
        onChange={setCurrent}
      />
      <Field
        label="New password"
        hint="At least 8 characters. Wherever else you are signed in, you will be signed out."
        type="password"
        name="newPassword"
        autoComplete="new-password"
        required
        value={newPassword}
        onChange={setNew}
      />
      <Complaint sentence={complaint} />
      {changed && (
        <p className="account-note" role="status">
          Your password is changed.
        </p>
      )}
      <button type="submit" className="button" disabled={busy}>
        Change password
      </button>
    </form>
  );
}
