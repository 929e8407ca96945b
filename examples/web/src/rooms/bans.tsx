// Who may not come into a room, for those who may change it: why, until when, and how to let them in again.
import { useMutation, useQuery } from '@apollo/client/react';
import { type Ban, type Room, RoomBansDocument, UnbanMemberDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Avatar } from '../ui/avatar';
import { Complaint, sentenceOf } from '../ui/complaint';
import { Row } from '../ui/row';
import { ShowMore } from '../ui/show-more';
import { dateAndTimeOf } from '../ui/time';
import { BanSomebody } from './ban-somebody';

export function Bans({ room }: { room: Room }) {
  const [banning, setBanning] = useState(false);
  const { data, error, fetchMore } = useQuery(documentNode(RoomBansDocument), {
    variables: { roomId: room.id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first', // the room's stream takes the list out of the cache when it has changed
  });
  const page = data?.room?.bans;
  return (
    <section aria-label="Bans">
      <h3>Bans</h3>
      <Complaint sentence={error && sentenceOf(error)} />
      <ul className="rows">
        {page?.nodes.map((ban) => (
          <Banned key={ban.id} room={room} ban={ban} />
        ))}
      </ul>
      <ShowMore page={page?.pageInfo} fetchMore={fetchMore} />
      <button type="button" className="button small" onClick={() => setBanning(true)}>
        Ban somebody
      </button>
      {banning && <BanSomebody room={room} onClose={() => setBanning(false)} />}
    </section>
  );
}

function Banned({ room, ban }: { room: Room; ban: Ban }) {
  const { user, by, reason, until } = ban;
  const [lift, { error, loading }] = useMutation(documentNode(UnbanMemberDocument), {
    variables: { roomId: room.id, userId: user.id },
  });
  return (
    <Row
      sign={<Avatar face={user} size="small" />}
      title={user.displayName}
      note={
        <>
          {reason && `“${reason}” · `}by {by.displayName}
          {until && ` · until ${dateAndTimeOf(until)}`}
        </>
      }
      problem={error && sentenceOf(error)}
    >
      <button
        type="button"
        className="button quiet small"
        aria-label={`Lift the ban on ${user.displayName}`}
        disabled={loading}
        onClick={() => lift().catch(() => {})} // told by `error`
      >
        Lift
      </button>
    </Row>
  );
}
