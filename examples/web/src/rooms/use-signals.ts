// Who of a room is here now, and who is typing: what matters for a moment, and is forgotten with it.
import { type Message, RoomPresenceDocument, type User } from 'parley/client';
import { documentNode, followSignals } from 'parley/client/apollo';
import { useEffect, useState } from 'react';
import { line, useLineState } from '../line';

const LEASE_MS = 6_000; // the server's lease is 5 s; counted from here, for clocks differ
const MOST = 100; // the largest page that the server gives

export interface Signals {
  readonly typing: readonly User[];
  /** Ids of those who are here. */
  readonly online: ReadonlySet<string>;
}

/** `heard` is what the room's stream has told lately: whoever has spoken types no more. */
export function useSignals(roomId: string, wanted: boolean, heard: readonly Message[]): Signals {
  const [typing, setTyping] = useState<readonly User[]>([]);
  const [online, setOnline] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    if (!wanted) return;
    const leases = new Map<string, ReturnType<typeof setTimeout>>();
    const { stop } = followSignals(line.client, {
      roomId,
      onSignal: (signal) => {
        const { user } = signal;
        if (signal.__typename === 'PresenceSignal') setOnline((before) => changed(before, user.id, signal.online));
        if (signal.__typename !== 'TypingSignal') return;
        clearTimeout(leases.get(user.id));
        leases.set(
          user.id,
          setTimeout(() => setTyping((people) => without(people, user.id)), LEASE_MS),
        );
        setTyping((people) => (people.some(({ id }) => id === user.id) ? people : [...people, user]));
      },
    });
    return () => {
      stop();
      for (const lease of leases.values()) clearTimeout(lease);
      setTyping([]);
    };
  }, [roomId, wanted]);

  // What changed before one listened, or while the line was down, no signal tells: it is asked for.
  const isLive = useLineState() === 'live';
  useEffect(() => {
    if (!wanted || !isLive) return;
    let here = true;
    const query = documentNode(RoomPresenceDocument);
    line.client
      .query({ query, variables: { roomId, first: MOST }, fetchPolicy: 'no-cache' })
      .then(({ data }) => {
        const people = data?.room?.members.nodes.map(({ user }) => user) ?? [];
        if (here) setOnline(new Set(people.filter((user) => user.online).map(({ id }) => id)));
      })
      .catch(() => {}); // then nobody has a dot: a small loss
    return () => {
      here = false;
    };
  }, [roomId, wanted, isLive]);

  const speaker = heard.at(-1);
  useEffect(() => {
    if (speaker) setTyping((people) => without(people, speaker.author.id));
  }, [speaker]);
  return { typing, online };
}

function without(people: readonly User[], gone: string): readonly User[] {
  return people.some(({ id }) => id === gone) ? people.filter(({ id }) => id !== gone) : people;
}

function changed(online: ReadonlySet<string>, id: string, here: boolean): ReadonlySet<string> {
  const next = new Set(online);
  if (here) next.add(id);
  else next.delete(id);
  return next;
}
