// How much of a room one wants to hear: kept by the server, obeyed by the list of rooms.
import { useMutation } from '@apollo/client/react';
import { type NotifyLevel, type Room, SetNotifyDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { Choose } from '../ui/choose';
import { Complaint, sentenceOf } from '../ui/complaint';

const LEVELS: Record<NotifyLevel, string> = {
  ALL: 'Everything',
  MENTIONS: 'Only what mentions me',
  NONE: 'Nothing',
};

export function Notify({ room }: { room: Room }) {
  const [set, { error }] = useMutation(documentNode(SetNotifyDocument));
  if (!room.viewerReadState) return null;
  return (
    <section aria-label="Notices">
      <Choose
        label="Tell me of"
        words={LEVELS}
        value={room.viewerReadState.notify}
        onChange={(level) => set({ variables: { roomId: room.id, level } }).catch(() => {})} // told by `error`
      />
      <Complaint sentence={error && sentenceOf(error)} />
    </section>
  );
}
