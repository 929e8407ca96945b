// The texts that a message had before it was edited, for those who may see them: its author and who moderates.
import { useQuery } from '@apollo/client/react';
import { type Message, MessageRevisionsDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { momentOf } from '../ui/time';
import { MessageText } from './message-text';

export function EarlierTexts({ message, onClose }: { message: Message; onClose(): void }) {
  const { data, error, loading } = useQuery(documentNode(MessageRevisionsDocument), {
    variables: { messageId: message.id },
    fetchPolicy: 'network-only', // each edit makes one more, and no event tells their texts
  });
  const revisions = data?.message?.revisions ?? [];
  return (
    <Dialog title="Earlier texts" onClose={onClose}>
      <Complaint sentence={error && sentenceOf(error)} />
      <ol className="earlier" aria-label="Earlier texts">
        {revisions.map(({ version, content, editedAt }) => (
          <li key={version}>
            <MessageText text={content} />
            <small>{momentOf(editedAt)}</small>
          </li>
        ))}
      </ol>
      {!loading && !error && revisions.length === 0 && <p>Its earlier texts are not kept.</p>}
    </Dialog>
  );
}
