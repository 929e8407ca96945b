// One's own account, in four parts: who one is, where one is signed in, keys for programs, and whom one has blocked.
import { useState } from 'react';
import { BlockedPeople } from '../people/blocked-people';
import { Dialog } from '../ui/dialog';
import { AccessKeys } from './access-keys';
import { ChangePassword } from './change-password';
import { DeleteAccount } from './delete-account';
import { Profile } from './profile';
import { ReadSignals } from './read-signals';
import { Sessions } from './sessions';
import './account.css';

const PARTS = { profile: 'Profile', safety: 'Sign-in', keys: 'Keys', blocked: 'Blocked' } as const;
type Part = keyof typeof PARTS;

interface Props {
  onClose(): void;
  onSignedOut(reason?: string): void;
}

export function Account({ onClose, onSignedOut }: Props) {
  const [part, setPart] = useState<Part>('profile');
  return (
    <Dialog title="Account" onClose={onClose}>
      <fieldset className="choices" aria-label="What of it">
        {(Object.keys(PARTS) as Part[]).map((each) => (
          <label key={each}>
            <input type="radio" name="part" checked={part === each} onChange={() => setPart(each)} />
            {PARTS[each]}
          </label>
        ))}
      </fieldset>
      {part === 'profile' && (
        <>
          <Profile />
          <ReadSignals />
          <DeleteAccount onDeleted={() => onSignedOut('Your account is deleted.')} />
        </>
      )}
      {part === 'safety' && (
        <>
          <Sessions />
          <ChangePassword />
        </>
      )}
      {part === 'keys' && <AccessKeys />}
      {part === 'blocked' && <BlockedPeople />}
    </Dialog>
  );
}
