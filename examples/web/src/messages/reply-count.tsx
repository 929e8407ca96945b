// Under a message that has been replied to: how often, how lately, and the way into the thread.
import type { MessageCard } from 'parley/client';
import { Icon } from '../ui/icon';
import { briefly, momentOf } from '../ui/time';

export function ReplyCount({ thread, onOpen }: { thread: MessageCard['thread']; onOpen(): void }) {
  if (!thread || thread.replyCount === 0) return null;
  const { replyCount, lastReplyAt } = thread;
  return (
    <button type="button" className="reply-count" onClick={onOpen}>
      <Icon name="reply" /> {replyCount} {replyCount === 1 ? 'reply' : 'replies'}
      {lastReplyAt && (
        <time dateTime={lastReplyAt} title={momentOf(lastReplyAt)}>
          {briefly(lastReplyAt)}
        </time>
      )}
    </button>
  );
}
