// Blocks somebody, or takes it back: one press either way, for nothing is lost by it.
import type { User } from 'parley/client';
import { Complaint } from '../ui/complaint';
import { useBlocks } from './use-blocks';

export function BlockButton({ user }: { user: User }) {
  const { people, busy, problem, block, unblock } = useBlocks();
  const blocked = people?.some(({ id }) => id === user.id);
  return (
    <>
      {blocked && <p role="status">Blocked: they cannot write to you directly, and are not told.</p>}
      <button
        type="button"
        className={blocked ? 'button' : 'button quiet danger'}
        disabled={busy || !people}
        onClick={() => (blocked ? unblock(user) : block(user))}
      >
        {blocked ? 'Unblock' : 'Block'} {user.displayName}
      </button>
      <Complaint sentence={problem} />
    </>
  );
}
