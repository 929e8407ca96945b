// One message: who, when, what; and for those who may, ways to change or delete it.
import { useMutation } from '@apollo/client/react';
import { DeleteMessageDocument, type MessageCard } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { memo, useEffect, useRef, useState } from 'react';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { Confirm } from '../ui/confirm';
import { Icon } from '../ui/icon';
import { momentOf, timeOf } from '../ui/time';
import { EarlierTexts } from './earlier-texts';
import { MessageActions } from './message-actions';
import { MessageEditor } from './message-editor';
import { MessageText } from './message-text';
import { Reactions } from './reactions';
import { ReplyCount } from './reply-count';
import type { Rights } from './rights';

interface Props {
  message: MessageCard;
  leads: boolean;
  rights: Rights;
  editing: boolean;
  /** Somebody has named it, and one has just come to it. */
  marked?: boolean;
  /** Its author is here now. */
  online?: boolean;
  onEdit(message: MessageCard | undefined): void;
  /** Unless one is in the thread already. */
  onThread?(messageId: string): void;
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, leads, rights, editing, marked = false, online = false, onEdit, onThread } = props;
  const me = useMe();
  const [deleting, setDeleting] = useState(false);
  const [looking, setLooking] = useState(false);
  const { author, content, createdAt, editedAt, pinnedAt } = message;
  const mine = author.id === me.id;
  const forMe = message.mentions.some(({ id }) => id === me.id);
  const actions = content !== null && !editing && rights.speaks;
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    if (marked) article.current?.focus(); // a keyboard or a screen reader goes on from here
  }, [marked]);
  return (
    // Where nothing hovers, a tap shows what can be done with a message: so it takes the focus, though no Tab stops there.
    <article
      ref={article}
      className={['message', marked && 'marked', forMe && 'for-me'].filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-label={`${author.displayName}, ${timeOf(createdAt)}`}
    >
      {leads ? <Avatar face={author} online={online} /> : <Moment className="message-gutter" at={createdAt} />}
      <div className="message-body">
        {leads && (
          <header>
            <strong>{author.displayName}</strong> <Moment at={createdAt} />
          </header>
        )}
        {pinnedAt && (
          <p className="pinned-mark" title={momentOf(pinnedAt)}>
            <Icon name="pin" /> Pinned
          </p>
        )}
        {content === null ? (
          <p className="tombstone">Message deleted</p>
        ) : editing ? (
          <MessageEditor message={message} onDone={() => onEdit(undefined)} />
        ) : (
          <MessageText
            text={content ?? ''}
            mentions={message.mentions}
            mark={
              editedAt && (
                <Edited at={editedAt} onOpen={mine || rights.moderates ? () => setLooking(true) : undefined} />
              )
            }
          />
        )}
        {content !== null && <Reactions message={message} disabled={!rights.speaks} />}
        {onThread && <ReplyCount thread={message.thread} onOpen={() => onThread(message.id)} />}
      </div>
      {actions && (
        <MessageActions
          message={message}
          mayReact={rights.speaks}
          onReply={onThread && (() => onThread(message.id))}
          mayPin={rights.moderates}
          onEdit={mine ? () => onEdit(message) : undefined}
          onDelete={mine || rights.moderates ? () => setDeleting(true) : undefined}
        />
      )}
      {looking && <EarlierTexts message={message} onClose={() => setLooking(false)} />}
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

function Edited({ at, onOpen }: { at: string; onOpen: (() => void) | undefined }) {
  return (
    <>
      {' '}
      {onOpen ? (
        <button
          type="button"
          className="edited"
          title={momentOf(at)}
          aria-label="Edited: show earlier texts"
          onClick={onOpen}
        >
          (edited)
        </button>
      ) : (
        <span className="edited" title={momentOf(at)}>
          (edited)
        </span>
      )}
    </>
  );
}

function ConfirmDeletion({ message, onClose }: { message: MessageCard; onClose(): void }) {
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
