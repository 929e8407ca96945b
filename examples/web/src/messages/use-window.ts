// Where a room's talk is open: at its newest, at the first that is unread, or around a message that somebody named.
import { useApolloClient, useQuery } from '@apollo/client/react';
import type { MessageCard, Room } from 'parley/client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMe } from '../session/me';
import { sentenceOf } from '../ui/complaint';
import { forgetMessage, usePlace } from '../ui/route';
import { isNews } from './layout';
import { Pages, WINDOW } from './pages';

const TRIES = 3; // reads of the newest page, in a room where much is said meanwhile

type Target = { readonly at: 'newest' | 'unread' } | { readonly at: 'message'; readonly id: string };

/** A new object each time that one comes somewhere. Without an `id` there is nothing to come to: the room is empty. */
export interface Arrival {
  readonly at: Target['at'];
  readonly id: string | undefined;
}

export interface Problem {
  readonly sentence: string;
  retry(): void;
}

export function useWindow({ id: roomId, viewerReadState }: Room) {
  const client = useApolloClient();
  const me = useMe();
  const place = usePlace();
  const pages = useMemo(() => new Pages(client, roomId), [client, roomId]);
  const { data, previousData } = useQuery(WINDOW, { variables: { roomId }, fetchPolicy: 'cache-only' });
  const [arrival, setArrival] = useState<Arrival>();
  const [isFresh, setFresh] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [widening, setWidening] = useState<'older' | 'newer'>();
  const [readSeq] = useState(viewerReadState?.unreadCount ? viewerReadState.lastReadSeq : undefined);

  const open = useCallback(
    async (target: Target) => {
      setProblem(undefined);
      try {
        await bring(pages, target, setArrival, isNews(readSeq ?? 0, me.id));
        setFresh(pages.isFresh);
      } catch (error) {
        if (target.at === 'message' && !pages.isFresh) await open({ at: 'newest' }); // the message is gone, the room is not
        setProblem({ sentence: sentenceOf(error), retry: () => void open(target) });
      }
    },
    [pages, readSeq, me.id],
  );
  const widen = useCallback(
    async (side: 'older' | 'newer') => {
      setProblem(undefined);
      setWidening(side);
      try {
        await pages.widen(side);
      } catch (error) {
        setProblem({ sentence: sentenceOf(error), retry: () => void widen(side) });
      } finally {
        setWidening(undefined);
      }
    },
    [pages],
  );
  const toNewest = useCallback(() => {
    forgetMessage(roomId);
    void open({ at: 'newest' });
  }, [open, roomId]);
  const forgetOldest = useCallback(() => pages.forgetOldest(), [pages]);

  const opened = useRef(false);
  useEffect(() => {
    if (place.roomId !== roomId) return; // on the way out
    const first = !opened.current;
    opened.current = true;
    if (place.messageId) void open({ at: 'message', id: place.messageId });
    else void open({ at: first && readSeq !== undefined ? 'unread' : 'newest' });
  }, [open, place, roomId, readSeq]);

  // Of a message that came by another way, the cache may lack what is shown of it here: the page is read again.
  const isLacking = arrival !== undefined && isFresh && !data;
  useEffect(() => {
    if (isLacking) void open({ at: 'newest' });
  }, [isLacking, open]);

  const page = arrival && (data ?? previousData)?.messages;
  return { page, arrival, isFresh, problem, widening, widen, toNewest, forgetOldest };
}

async function bring(
  pages: Pages,
  target: Target,
  show: (arrival: Arrival) => void,
  isNew: (message: MessageCard) => boolean,
): Promise<void> {
  if (target.at === 'message') {
    const isThere = pages.has(target.id);
    if (isThere) pages.stay();
    if (isThere || (await pages.around({ messageId: target.id }))) show({ ...target });
    return;
  }
  if (target.at === 'unread') {
    const page = await pages.around({ firstUnread: true });
    const first = page?.nodes.find(isNew);
    if (page) show(first ? { at: 'unread', id: first.id } : { at: 'newest', id: page.nodes.at(-1)?.id });
    return;
  }
  // A window that reached the newest is shown at once, and stays if the page that is read then joins it.
  const before = pages.cached;
  const shown = before?.pageInfo.hasNextPage === false ? before.nodes.at(-1)?.id : undefined;
  if (shown) show({ at: 'newest', id: shown });
  if (shown && pages.isFresh) return pages.stay();
  for (let tries = 1; ; tries += 1) {
    const page = await pages.newest();
    if (page && !pages.has(shown)) show({ at: 'newest', id: page.nodes.at(-1)?.id });
    // While it was read the stream has told of more than is in it: then it is not the newest any more.
    if (!page || pages.cached?.pageInfo.hasNextPage === false || tries === TRIES) return;
  }
}
