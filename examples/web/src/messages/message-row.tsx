// One message: who, when, what; and for those who may, ways to change or delete it.
import { useMutation } from '@apollo/client/react';
import { DeleteMessageDocument, type Message } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { memo, useState } from 'react';
import { Avatar } from '../ui/avatar';
import { Confirm } from '../ui/confirm';
import { Icon } from '../ui/icon';
import { momentOf, timeOf } from '../ui/time';
import { MessageEditor } from './message-editor';
import { MessageText } from './message-text';

interface Props {
  message: Message;
  leads: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
  editing: boolean;
  onEdit(message: Message | undefined): void;
}

export const MessageRow = memo(function MessageRow({ message, leads, mayEdit, mayDelete, editing, onEdit }: Props) {
  const [deleting, setDeleting] = useState(false);
  const { author, content, createdAt, editedAt } = message;
  const actions = content !== null && !editing && (mayEdit || mayDelete);
  return (
    // Where nothing hovers, a tap shows what can be done with a message: so it takes the focus, though no Tab stops there.
    <article
      className="message"
      tabIndex={actions ? -1 : undefined}
      aria-label={`${author.displayName}, ${timeOf(createdAt)}`}
    >
      {leads ? <Avatar face={author} /> : <Moment className="message-gutter" at={createdAt} />}
      <div className="message-body">
        {leads && (
          <header>
            <strong>{author.displayName}</strong> <Moment at={createdAt} />
          </header>
        )}
        {content === null ? (
          <p className="tombstone">Message deleted</p>
        ) : editing ? (
          <MessageEditor message={message} onDone={() => onEdit(undefined)} />
        ) : (
          <MessageText text={content ?? ''} mark={editedAt && <Edited at={editedAt} />} />
        )}
      </div>
      {actions && (
        <div className="message-actions">
          {mayEdit && (
            <button type="button" className="icon-button" aria-label="Edit message" onClick={() => onEdit(message)}>
              <Icon name="edit" />
            </button>
          )}
          {mayDelete && (
            <button type="button" className="icon-button" aria-label="Delete message" onClick={() => setDeleting(true)}>
              <Icon name="trash" />
            </button>
          )}
        </div>
      )}
      {deleting && <ConfirmDeletion message={message} onClose={() => setDeleting(false)} />}
    </article>
  );
});

function Moment({ at, className }: { at: string; className?: string }) {
  return (
    <time className={className} dateTime={at} title={momentOf(at)}>
      {timeOf(at)}
    </time>
  );
}

function Edited({ at }: { at: string }) {
  return (
    <span className="edited" title={momentOf(at)}>
      {' '}
      (edited)
    </span>
  );
}

function ConfirmDeletion({ message, onClose }: { message: Message; onClose(): void }) {
  const [remove] = useMutation(documentNode(DeleteMessageDocument), { variables: { messageId: message.id } });
  return (
    <Confirm
      title="Delete this message?"
      consequence={`Everyone will see that there was one, and nobody what it said: “${excerpt(message.content ?? '')}”`}
      doIt="Delete"
      act={() => remove()}
      onClose={onClose}
    />
  );
}

const excerpt = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}…` : text);
