// Who is signed in, for every part of the page that is only shown to someone.
import { useQuery } from '@apollo/client/react';
import { type User, ViewerDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { createContext, type ReactNode, useContext } from 'react';

const Me = createContext<User | undefined>(undefined);

/** `me` is who signed in; from then on one is called what the cache says, for a name can be changed. */
export function MeProvider({ me, children }: { me: User; children: ReactNode }) {
  const { data } = useQuery(documentNode(ViewerDocument), { fetchPolicy: 'cache-only' });
  return <Me value={data?.viewer?.user ?? me}>{children}</Me>;
}

export function useMe(): User {
  const me = useContext(Me);
  if (!me)
    throw new Error('useMe() was called outside <MeProvider>: only the signed-in part of the page knows who one is.');
  return me;
}
