// What can be done with a message: a small bar that comes up with the pointer, the keyboard or a tap.
import { useMutation } from '@apollo/client/react';
import { type MessageCard, PinMessageDocument, UnpinMessageDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Icon, type IconName } from '../ui/icon';
import { EmojiPicker } from './reactions';

interface Props {
  message: MessageCard;
  mayReact: boolean;
  mayPin: boolean;
  onReply: (() => void) | undefined;
  onEdit: (() => void) | undefined;
  onDelete: (() => void) | undefined;
}

export function MessageActions({ message, mayReact, mayPin, onReply, onEdit, onDelete }: Props) {
  const [picking, setPicking] = useState(false);
  const goesBack = useRef(false); // after the choice the keyboard goes on where it was
  const [pin] = useMutation(documentNode(PinMessageDocument), { variables: { messageId: message.id } });
  const [unpin] = useMutation(documentNode(UnpinMessageDocument), { variables: { messageId: message.id } });
  const done = (back: boolean) => {
    goesBack.current = back;
    setPicking(false);
  };
  if (picking) return <EmojiPicker message={message} onDone={done} />;
  const togglePin = () => (message.pinnedAt ? unpin() : pin()).catch(() => {}); // refused: the mark stays as it is
  return (
    <div className="message-actions">
      {mayReact && <Action label="Add reaction" icon="smile" focused={goesBack} onPress={() => setPicking(true)} />}
      {onReply && <Action label="Reply in thread" icon="reply" onPress={onReply} />}
      {mayPin && <Action label={message.pinnedAt ? 'Unpin message' : 'Pin message'} icon="pin" onPress={togglePin} />}
      {onEdit && <Action label="Edit message" icon="edit" onPress={onEdit} />}
      {onDelete && <Action label="Delete message" icon="trash" onPress={onDelete} />}
    </div>
  );
}

interface ActionProps {
  label: string;
  icon: IconName;
  focused?: RefObject<boolean>;
  onPress(): void;
}

function Action({ label, icon, focused, onPress }: ActionProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused?.current) button.current?.focus();
  }, [focused]);
  return (
    <button ref={button} type="button" className="icon-button" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
