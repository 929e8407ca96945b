// Who is signed in, for every part of the page that is only shown to someone.

import type { User } from 'parley/client';
import { createContext, useContext } from 'react';

const Me = createContext<User | undefined>(undefined);

export const MeProvider = Me.Provider;

export function useMe(): User {
  const me = useContext(Me);
  if (!me)
    throw new Error('useMe() was called outside <MeProvider>: only the signed-in part of the page knows who one is.');
  return me;
}
