// Keys for scripts and bots that act as oneself: which there are, a new one, and the end of one.
import { useMutation, useQuery } from '@apollo/client/react';
import { type AccessKey, RevokeAccessKeyDocument, ViewerAccessKeysDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Confirm } from '../ui/confirm';
import { Row } from '../ui/row';
import { dateOf } from '../ui/time';
import { NewKey } from './new-key';
import { SCOPES } from './scopes';

export function AccessKeys() {
  const { data, error } = useQuery(documentNode(ViewerAccessKeysDocument), {
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  const keys = data?.viewer?.accessKeys;
  return (
    <>
      <p className="account-note">With a key a script or a bot acts as you, but cannot change your account.</p>
      <Complaint sentence={error && sentenceOf(error)} />
      <ul className="rows" aria-label="Access keys">
        {keys?.map((each) => (
          <Key key={each.id} accessKey={each} />
        ))}
      </ul>
      {keys?.length === 0 && <p className="account-none">You have no keys.</p>}
      <NewKey />
    </>
  );
}

function Key({ accessKey }: { accessKey: AccessKey }) {
  const { id, label, scope, lastUsedAt, expiresAt } = accessKey;
  const [asking, setAsking] = useState(false);
  const [revoke] = useMutation(documentNode(RevokeAccessKeyDocument), { variables: { id } });
  return (
    <Row
      title={label}
      note={
        <>
          {SCOPES[scope]} · {lastUsedAt ? `last used ${dateOf(lastUsedAt)}` : 'never used'}
          {expiresAt && ` · ends ${dateOf(expiresAt)}`}
        </>
      }
    >
      <button
        type="button"
        className="button small"
        aria-label={`Revoke the key ${label}`}
        onClick={() => setAsking(true)}
      >
        Revoke
      </button>
      {asking && (
        <Confirm
          title={`Revoke ${label}?`}
          consequence="Whatever uses this key is signed out at once, and for good."
          doIt="Revoke"
          act={() => revoke()}
          onClose={() => setAsking(false)}
        />
      )}
    </Row>
  );
}
