// Makes a key for a program, and shows its secret this once.
import { useMutation } from '@apollo/client/react';
import { type AccessScope, CreateAccessKeyDocument, ViewerAccessKeysDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Choose } from '../ui/choose';
import { Complaint } from '../ui/complaint';
import { Field } from '../ui/field';
import { useSubmit } from '../ui/use-submit';
import { SCOPES } from './scopes';

const DAY = 86_400_000; // ms
const ENDS = { never: 'Never', month: 'After 30 days', quarter: 'After 90 days', year: 'After a year' };
const DAYS = { month: 30, quarter: 90, year: 365 };

export function NewKey() {
  const [label, setLabel] = useState('');
  const [scope, setScope] = useState<AccessScope>('READ');
  const [ends, setEnds] = useState<keyof typeof ENDS>('never');
  const [secret, setSecret] = useState<string>();
  const [create] = useMutation(documentNode(CreateAccessKeyDocument), {
    fetchPolicy: 'no-cache', // a secret is kept nowhere
    refetchQueries: [documentNode(ViewerAccessKeysDocument)],
  });
  const { busy, complaint, onSubmit } = useSubmit(async () => {
    const expiresAt = ends === 'never' ? null : new Date(Date.now() + DAYS[ends] * DAY).toISOString();
    const { data } = await create({ variables: { input: { label: label.trim(), scope, expiresAt } } });
    setLabel('');
    setSecret(data?.createAccessKey.secret);
  });
  if (secret) return <Secret secret={secret} onDone={() => setSecret(undefined)} />;
  return (
    <form className="account-part" onSubmit={onSubmit} aria-label="New key">
      <Field label="What the key is for" name="label" required value={label} onChange={setLabel} />
      <Choose label="What it may do" words={SCOPES} value={scope} onChange={setScope} />
      <Choose label="When it ends" words={ENDS} value={ends} onChange={setEnds} />
      <Complaint sentence={complaint} />
      <button type="submit" className="button" disabled={busy}>
        Make key
      </button>
    </form>
  );
}

function Secret({ secret, onDone }: { secret: string; onDone(): void }) {
  const [copied, setCopied] = useState(false);
  const copy = useSubmit(async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  });
  return (
    <section className="account-part" aria-label="Your new key">
      <p role="status">{copied ? 'Copied.' : 'Copy it now: it is not shown again.'}</p>
      <div className="secret">
        <input
          className="input"
          aria-label="Secret"
          readOnly
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="button primary" onClick={copy.run}>
          Copy
        </button>
      </div>
      <Complaint sentence={copy.complaint} />
      <button type="button" className="button" onClick={onDone}>
        Done
      </button>
    </section>
  );
}
