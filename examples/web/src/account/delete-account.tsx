// The end of an account, with the password asked for once more.
import { useMutation } from '@apollo/client/react';
import { DeleteAccountDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Complaint } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';
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
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    await deleteAccount({ variables: { password } });
    onDeleted();
  });
  return (
    <Dialog title="Delete your account?" onClose={onClose}>
      <form className="dialog-form" onSubmit={onSubmit}>
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
        <Complaint sentence={complaint} />
        <div className="dialog-actions">
          <button type="button" className="button quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button danger" disabled={busy}>
            Delete for good
          </button>
        </div>
      </form>
    </Dialog>
  );
}
