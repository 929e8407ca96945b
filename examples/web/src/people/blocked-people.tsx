// Everyone whom one has blocked, with the way to take it back.
import { Avatar } from '../ui/avatar';
import { Complaint } from '../ui/complaint';
import { Row } from '../ui/row';
import { useBlocks } from './use-blocks';

export function BlockedPeople() {
  const { people, busy, problem, unblock } = useBlocks();
  return (
    <>
      <p className="account-note">
        Whom you block cannot write to you directly. They are not told. You block people on their card: press a name
        among the members of a room.
      </p>
      <Complaint sentence={problem} />
      <ul className="rows" aria-label="Blocked people">
        {people?.map((user) => (
          <Row
            key={user.id}
            sign={<Avatar face={user} size="small" />}
            title={user.displayName}
            note={`@${user.username}`}
          >
            <button
              type="button"
              className="button small"
              aria-label={`Unblock ${user.displayName}`}
              disabled={busy}
              onClick={() => unblock(user)}
            >
              Unblock
            </button>
          </Row>
        ))}
      </ul>
      {people?.length === 0 && <p className="account-none">You have blocked nobody.</p>}
    </>
  );
}
