// The end of an account, with the password asked for once more.
import { useMutation } from '@apollo/client/react';
import { DeleteAccountDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Field } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { Username } from './username';

export function DeleteAccount({ onDeleted }: { onDeleted(): void }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="account-part">
      <button type="button" className="button quiet small danger" onClick={() => setAsking(true)}>
        Delete account
      </button>
      {asking && <AreYouSure onDeleted={onDeleted} onClose={() => setAsking(false)} />}
    </div>
  );
}

function AreYouSure({ onDeleted, onClose }: { onDeleted(): void; onClose(): void }) {
  const [password, setPassword] = useState('');
  const [deleteAccount] = useMutation(documentNode(DeleteAccountDocument));
  const act = async () => {
    await deleteAccount({ variables: { password } });
    onDeleted();
  };
  return (
    <FormDialog title="Delete your account?" doIt="Delete for good" danger act={act} onClose={onClose}>
      <p>What you said stays, under “Deleted user”. Everything else of you is gone, and there is no way back.</p>
      <Username />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
      />
    </FormDialog>
  );
}
