// What is pinned in a room, the newest pin first, each with the way to where it was said; those who may can take a pin away.
import { useMutation, useQuery } from '@apollo/client/react';
import { type MessageCard, PinnedMessagesDocument, type Room, UnpinMessageDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { hrefOfMessage, openMessage } from '../messages/open-message';
import { useRights } from '../messages/rights';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Icon } from '../ui/icon';
import { Panel } from '../ui/panel';
import { briefly, momentOf } from '../ui/time';
import './pinned.css';

const COVERING = '(width < 1060px)'; // as in panel.css: there the list lies over the talk

export function Pinned({ room, onClose }: { room: Room; onClose(): void }) {
  const { moderates } = useRights(room);
  const { data, error } = useQuery(documentNode(PinnedMessagesDocument), {
    variables: { roomId: room.id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const pins = data?.room?.pinned;
  const open = (message: MessageCard) => {
    openMessage(message);
    if (matchMedia(COVERING).matches) onClose();
  };
  return (
    <Panel title="Pinned messages" onClose={onClose}>
      <Complaint sentence={error && sentenceOf(error)} />
      {pins?.length === 0 && <p className="pin-none">Nothing is pinned here.</p>}
      <ul className="pins" aria-label="Pinned">
        {pins?.map((message) => (
          <Pin key={message.id} message={message} mayUnpin={moderates} onOpen={() => open(message)} />
        ))}
      </ul>
    </Panel>
  );
}

interface PinProps {
  message: MessageCard;
  mayUnpin: boolean;
  onOpen(): void;
}

function Pin({ message, mayUnpin, onOpen }: PinProps) {
  const { author, content, createdAt } = message;
  const [unpin, { error, loading }] = useMutation(documentNode(UnpinMessageDocument), {
    variables: { messageId: message.id },
  });
  return (
    <li className="pin">
      <p className="pin-head">
        <strong>{author.displayName}</strong>
        <time dateTime={createdAt} title={momentOf(createdAt)}>
          {briefly(createdAt)}
        </time>
        {mayUnpin && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Unpin what ${author.displayName} said`}
            title="Unpin"
            disabled={loading}
            onClick={() => unpin().catch(() => {})} // told by `error`
          >
            <Icon name="close" />
          </button>
        )}
      </p>
      <a className="pin-words" dir="auto" href={hrefOfMessage(message)} onClick={onOpen}>
        {content}
      </a>
      <Complaint sentence={error && sentenceOf(error)} />
    </li>
  );
}
