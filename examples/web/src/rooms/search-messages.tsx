// Looks for words in everything that one may read; each hit leads to its place in its room.
import { useQuery } from '@apollo/client/react';
import { type Room, RoomDocument, SearchMessagesDocument, type SearchPage } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { type SubmitEvent, useState } from 'react';
import { hrefOfMessage, openMessage } from '../messages/open-message';
import { Snippet } from '../messages/snippet';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Dialog } from '../ui/dialog';
import { briefly, momentOf } from '../ui/time';
import { useRoomName } from './room-name';
import './search-messages.css';

const PAGE = 20; // the best come first: whoever needs more should say more words
const MOST_CHARS = 200; // the server takes no longer question

export function SearchMessages({ onClose }: { onClose(): void }) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const { data, error, loading, fetchMore } = useQuery(documentNode(SearchMessagesDocument), {
    variables: { input: { text: asked }, first: PAGE },
    skip: !asked,
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
  });
  const page = asked ? data?.searchMessages : undefined;
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    setAsked(text.trim());
  };
  return (
    <Dialog title="Search messages" onClose={onClose}>
      <search>
        <form className="search-form" onSubmit={ask}>
          <input
            className="input"
            type="search"
            aria-label="Words to look for"
            placeholder={'rain "in quotes" or -without'}
            maxLength={MOST_CHARS}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="button primary" disabled={loading || !text.trim()}>
            Search
          </button>
        </form>
      </search>
      <Complaint sentence={error && sentenceOf(error)} />
      {page && (
        <ul className="hits" aria-label="Found">
          {page.nodes.map((hit) => (
            <li key={hit.message.id}>
              <Hit hit={hit} onOpen={onClose} />
            </li>
          ))}
        </ul>
      )}
      {page?.nodes.length === 0 && <p className="public-none">Nothing that you may read has these words.</p>}
      {page?.pageInfo.hasNextPage && (
        <button
          type="button"
          className="button quiet small"
          onClick={() => fetchMore({ variables: { after: page.pageInfo.endCursor } }).catch(() => {})} // told by `error`
        >
          Show more
        </button>
      )}
    </Dialog>
  );
}

function Hit({ hit, onOpen }: { hit: SearchPage['nodes'][number]; onOpen(): void }) {
  const { message, snippet } = hit;
  const { data } = useQuery(documentNode(RoomDocument), { variables: { id: message.roomId } });
  return (
    <a
      className="hit"
      href={hrefOfMessage(message)}
      onClick={() => {
        openMessage(message);
        onOpen();
      }}
    >
      <span className="hit-head">
        <strong>{message.author.displayName}</strong> {data?.room && <RoomNameOf room={data.room} />}
        <time dateTime={message.createdAt} title={momentOf(message.createdAt)}>
          {briefly(message.createdAt)}
        </time>
      </span>
      <Snippet text={snippet} />
    </a>
  );
}

function RoomNameOf({ room }: { room: Room }) {
  return <span>in {useRoomName(room).name}</span>;
}
