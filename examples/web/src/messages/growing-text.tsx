// A place to write that grows with its text: Enter is done, Shift+Enter a new line, and an input method is left alone.
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';

interface Props {
  label: string;
  placeholder?: string;
  value: string;
  onChange(value: string): void;
  onEnter(): void;
  /** Any other key, when no input method is composing. */
  onKey?(event: KeyboardEvent<HTMLTextAreaElement>): void;
  ref?: Ref<HTMLTextAreaElement>;
}

export function GrowingText({ label, placeholder, value, onChange, onEnter, onKey, ref }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
  }, [value]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter chooses a word. Safari ends composing just before the key that did it: 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onEnter();
    } else {
      onKey?.(event);
    }
  };
  return (
    <textarea
      ref={area}
      className="input growing"
      rows={1}
      dir="auto"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      enterKeyHint="send"
    />
  );
}
