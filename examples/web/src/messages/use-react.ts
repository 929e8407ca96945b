// One click reacts, the next takes it back: whatever is pressed, the answer brings the message as it now is.
import { useMutation } from '@apollo/client/react';
import { AddReactionDocument, type MessageCard, RemoveReactionDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { sentenceOf } from '../ui/complaint';

export function useReact({ id: messageId, reactions }: MessageCard) {
  const [add, adding] = useMutation(documentNode(AddReactionDocument));
  const [takeBack, takingBack] = useMutation(documentNode(RemoveReactionDocument));
  const problem = adding.error ?? takingBack.error;

  const toggle = (emoji: string) => {
    const mine = reactions.some((group) => group.emoji === emoji && group.viewerReacted);
    const change = mine ? takeBack : add;
    change({ variables: { input: { messageId, emoji } } }).catch(() => {}); // told by `problem`
  };
  return { toggle, problem: problem && sentenceOf(problem) };
}
