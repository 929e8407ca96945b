// Where one is signed in, with the way to end each session but the one that asks.
import { useMutation, useQuery } from '@apollo/client/react';
import { RevokeSessionDocument, type Session, ViewerSessionsDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Row } from '../ui/row';
import { dateAndTimeOf } from '../ui/time';
import { browserName } from './browser-name';

export function Sessions() {
  const { data, error } = useQuery(documentNode(ViewerSessionsDocument), {
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  return (
    <>
      <Complaint sentence={error && sentenceOf(error)} />
      <ul className="rows" aria-label="Sessions">
        {data?.viewer?.sessions.map((session) => (
          <OneSession key={session.id} session={session} />
        ))}
      </ul>
    </>
  );
}

function OneSession({ session }: { session: Session }) {
  const { id, userAgent, current, createdAt, lastSeenAt } = session;
  const name = browserName(userAgent);
  const [revoke, { error, loading }] = useMutation(documentNode(RevokeSessionDocument), { variables: { id } });
  return (
    <Row
      title={<span title={userAgent ?? undefined}>{name}</span>}
      note={`Last used ${dateAndTimeOf(lastSeenAt)} · since ${dateAndTimeOf(createdAt)}`}
      problem={error && sentenceOf(error)}
    >
      {current ? (
        <span className="chip">This browser</span>
      ) : (
        <button
          type="button"
          className="button small"
          aria-label={`End the session of ${name}`}
          disabled={loading}
          onClick={() => revoke().catch(() => {})} // told by `error`
        >
          End
        </button>
      )}
    </Row>
  );
}
