// Where one writes. What is not sent yet waits here, per room, for as long as the page is open.
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { GrowingText } from './growing-text';
import './composer.css';

const drafts = new Map<string, string>(); // by "<user id>/<room id>": two people may share a browser

/** Puts a text that was already sent off back into the room's draft. A composer that is mounted afterwards shows it. */
export function addToDraft(userId: string, roomId: string, text: string): void {
  const place = `${userId}/${roomId}`;
  drafts.set(place, [drafts.get(place), text].filter(Boolean).join('\n'));
}

interface Props {
  roomId: string;
  label: string;
  onSend(content: string): void;
  onEditLast(): void;
}

export function Composer({ roomId, label, onSend, onEditLast }: Props) {
  const place = `${useMe().id}/${roomId}`;
  const [text, setText] = useState(drafts.get(place) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) area.current?.focus(); // with a finger, it would open the keyboard
  }, []);

  const write = (next: string) => {
    setText(next);
    drafts.set(place, next);
  };
  const send = () => {
    if (!text.trim()) return;
    onSend(text.trim());
    write('');
    area.current?.focus();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <GrowingText
        ref={area}
        label={label}
        placeholder={label}
        value={text}
        onChange={write}
        onEnter={send}
        onKey={(event) => {
          if (event.key !== 'ArrowUp' || text) return;
          event.preventDefault();
          onEditLast();
        }}
      />
      <button type="submit" className="button primary composer-send" aria-label="Send" disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  );
}
