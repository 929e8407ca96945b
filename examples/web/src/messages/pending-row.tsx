// A message that is on its way, or did not arrive: shown where it will be, with a way to try again.
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { timeOf } from '../ui/time';
import { MessageText } from './message-text';
import type { Pending } from './use-outbox';

interface Props {
  entry: Pending;
  leads: boolean;
  onRetry(entry: Pending): void;
  onTakeBack(entry: Pending): void;
}

export function PendingRow({ entry, leads, onRetry, onTakeBack }: Props) {
  const me = useMe();
  const time = <time dateTime={entry.createdAt}>{timeOf(entry.createdAt)}</time>;
  return (
    <article className="message" data-state={entry.state} aria-label={`${me.displayName}, not sent yet`}>
      {leads ? <Avatar face={me} /> : <span className="message-gutter">{time}</span>}
      <div className="message-body">
        {leads && (
          <header>
            <strong>{me.displayName}</strong> {time}
          </header>
        )}
        <MessageText text={entry.content} />
        {entry.state === 'failed' && (
          <div className="not-sent">
            <p role="alert">Not sent. {entry.problem}</p>
            <button type="button" className="button small" onClick={() => onRetry(entry)}>
              Try again
            </button>
            <button type="button" className="button quiet small" onClick={() => onTakeBack(entry)}>
              Take back
            </button>
          </div>
        )}
      </div>
    </article>
  );
}
