// Where one writes. What is not sent yet waits here, per room and thread, for as long as the page is open.
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../session/me';
import { Icon } from '../ui/icon';
import { GrowingText } from './growing-text';
import './composer.css';

const drafts = new Map<string, string>(); // by "<user id>/<id of the room or of the first message>": two people may share a browser

/** Puts a text that was already sent off back into its draft. A composer that is mounted afterwards shows it. */
export function addToDraft(userId: string, place: string, text: string): void {
  const key = `${userId}/${place}`;
  drafts.set(key, [drafts.get(key), text].filter(Boolean).join('\n'));
}

interface Props {
  /** The id of the room, or of the message that is replied to. */
  place: string;
  label: string;
  onSend(content: string): void;
  /** Something was written, and not sent yet. */
  onType?(): void;
  onEditLast?(): void;
}

export function Composer({ place, label, onSend, onType, onEditLast }: Props) {
  const key = `${useMe().id}/${place}`;
  const [text, setText] = useState(drafts.get(key) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) area.current?.focus(); // with a finger, it would open the keyboard
  }, []);

  const write = (next: string) => {
    setText(next);
    drafts.set(key, next);
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
        onChange={(next) => {
          write(next);
          if (next.trim()) onType?.();
        }}
        onEnter={send}
        onKey={(event) => {
          if (event.key !== 'ArrowUp' || text || !onEditLast) return;
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
