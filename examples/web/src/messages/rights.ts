// What one may do with the messages of a room; the server decides, this only keeps away buttons that it would refuse.
import type { Room } from 'parley/client';
import { useMemo } from 'react';

export interface Rights {
  /** May say, react, and change what is one's own. */
  readonly speaks: boolean;
  /** May delete what others said, and pin. */
  readonly moderates: boolean;
}

/** The same object for as long as nothing has changed: rows are drawn anew only when they must be. */
export function useRights({ kind, archivedAt, viewerMembership }: Room): Rights {
  const speaks = !!viewerMembership && !archivedAt;
  const moderates = speaks && kind !== 'DIRECT' && viewerMembership.role !== 'MEMBER';
  return useMemo(() => ({ speaks, moderates }), [speaks, moderates]);
}
