// What one has written and the room has not heard yet: shown at once, sent in order, each under a key of its own.
import { useApolloClient } from '@apollo/client/react';
import { type Message, SendMessageDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useMe } from '../session/me';
import { sentenceOf } from '../ui/complaint';

/** sent: acknowledged, and on its way back to us through the room's stream, which gives it its place. */
export interface Pending {
  readonly clientMessageId: string;
  readonly content: string;
  readonly createdAt: string;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly problem?: string;
}

interface Outbox {
  entries: readonly Pending[];
  /** Settles when everything before has been answered: messages leave in the order in which they were written. */
  queue: Promise<void>;
}

// Outboxes outlive the view: a message that failed is still there when one comes back to its room.
const outboxes = new Map<string, Outbox>();
const watchers = new Set<() => void>();

/** With a `parentId`: what one has written in that thread. */
export function useOutbox(roomId: string, messages: readonly Message[], parentId?: string) {
  const client = useApolloClient();
  const me = useMe();
  const box = boxOf(`${me.id}/${parentId ?? roomId}`);
  const entries = useSyncExternalStore(watch, () => box.entries);

  const deliver = useCallback(
    (entry: Pending) => {
      const input = { roomId, parentId, content: entry.content, clientMessageId: entry.clientMessageId };
      box.queue = box.queue.then(async () => {
        try {
          // Not into the cache: an answer can overtake the stream, and messages that the others sent before would be
          // left out. The stream brings this one, too, in its place.
          await client.mutate({
            mutation: documentNode(SendMessageDocument),
            variables: { input },
            fetchPolicy: 'no-cache',
          });
          change(box, entry, { state: 'sent' });
        } catch (error) {
          change(box, entry, { state: 'failed', problem: sentenceOf(error) });
        }
      });
    },
    [box, client, roomId, parentId],
  );

  const send = useCallback(
    (content: string) => {
      const entry: Pending = {
        clientMessageId: newKey(),
        content,
        createdAt: new Date().toISOString(),
        state: 'sending',
      };
      put(box, [...box.entries, entry]);
      deliver(entry);
    },
    [box, deliver],
  );
  /** The same key again: if the first attempt did arrive after all, the room still has the message once. */
  const retry = useCallback(
    (entry: Pending) => {
      change(box, entry, { state: 'sending', problem: undefined });
      deliver(entry);
    },
    [box, deliver],
  );
  const takeBack = useCallback(
    (entry: Pending) => {
      put(box, without(box.entries, new Set([entry.clientMessageId])));
      return entry.content;
    },
    [box],
  );

  const arrived = useMemo(() => keysOf(messages, me.id), [messages, me.id]);
  useEffect(() => {
    if (box.entries.some((entry) => arrived.has(entry.clientMessageId))) put(box, without(box.entries, arrived));
  }, [box, arrived]);
  const pending = useMemo(() => without(entries, arrived), [entries, arrived]);
  return { pending, send, retry, takeBack };
}

function boxOf(place: string): Outbox {
  const box = outboxes.get(place) ?? { entries: [], queue: Promise.resolve() };
  outboxes.set(place, box);
  return box;
}

function put(box: Outbox, entries: readonly Pending[]): void {
  box.entries = entries;
  for (const changed of watchers) changed();
}

function change(box: Outbox, { clientMessageId }: Pending, news: Partial<Pending>): void {
  put(
    box,
    box.entries.map((entry) => (entry.clientMessageId === clientMessageId ? { ...entry, ...news } : entry)),
  );
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function keysOf(messages: readonly Message[], authorId: string): ReadonlySet<string> {
  const own = messages.filter(({ author, clientMessageId }) => author.id === authorId && clientMessageId);
  return new Set(own.map(({ clientMessageId }) => clientMessageId ?? ''));
}

function without(entries: readonly Pending[], keys: ReadonlySet<string>): readonly Pending[] {
  const left = entries.filter(({ clientMessageId }) => !keys.has(clientMessageId));
  return left.length === entries.length ? entries : left;
}

/** A page that did not come over https has no crypto.randomUUID, except from localhost. */
function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
