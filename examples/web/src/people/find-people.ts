// From usernames, as people type them, to the people they belong to.
import { useApolloClient } from '@apollo/client/react';
import { type User, UserDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { Refusal } from '../ui/complaint';

/** "ada, @bob" → Ada and Bob. Refuses with the first name that nobody has. */
export function useFindPeople(): (usernames: string) => Promise<User[]> {
  const client = useApolloClient();
  return (usernames) => {
    const wanted = new Set(usernames.split(/[\s,;]+/).map((word) => word.replace(/^@/, '').toLowerCase()));
    wanted.delete('');
    return Promise.all(
      [...wanted].map(async (username) => {
        const { data } = await client.query({ query: documentNode(UserDocument), variables: { username } });
        if (!data?.user) throw new Refusal(`Nobody here is called “${username}”.`);
        return data.user;
      }),
    );
  };
}
