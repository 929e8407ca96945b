// What people have reacted with, counted under the message; and the few emojis that are one click away.
import type { MessageCard } from 'parley/client';
import { useEffect, useRef } from 'react';
import { Complaint } from '../ui/complaint';
import { useReact } from './use-react';
import './reactions.css';

const AT_HAND = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'] as const;

export function Reactions({ message, disabled }: { message: MessageCard; disabled: boolean }) {
  const { toggle, problem } = useReact(message);
  return (
    <>
      {message.reactions.length > 0 && (
        <ul className="reactions" aria-label="Reactions">
          {message.reactions.map(({ emoji, count, viewerReacted }) => (
            <li key={emoji}>
              <button
                type="button"
                className="reaction"
                aria-pressed={viewerReacted}
                aria-label={`${emoji}, ${count}${viewerReacted ? ', you too' : ''}`}
                disabled={disabled}
                onClick={() => toggle(emoji)}
              >
                <span>{emoji}</span> {count}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Complaint sentence={problem} />
    </>
  );
}

/** Takes the place of the buttons that opened it. Escape, a choice, or going elsewhere closes it. */
export function EmojiPicker({ message, onDone }: { message: MessageCard; onDone(goesBack: boolean): void }) {
  const { toggle } = useReact(message);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and this is a row of buttons
    <div
      role="group"
      className="message-actions picker"
      aria-label="React with"
      onKeyDown={(event) => event.key === 'Escape' && onDone(true)}
      onMouseDown={(event) => event.preventDefault()} // where a click takes no focus, it must not close before it counts
      onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || onDone(false)}
    >
      {AT_HAND.map((emoji, index) => (
        <button
          key={emoji}
          ref={index === 0 ? first : undefined}
          type="button"
          className="icon-button"
          aria-label={`React with ${emoji}`}
          onClick={() => {
            toggle(emoji);
            onDone(true);
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
