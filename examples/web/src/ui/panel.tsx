// A column beside the talk, or over it where there is no room for both: a title, a way to close it, and what it shows.
import type { ReactNode } from 'react';
import { Icon } from './icon';
import './panel.css';

interface Props {
  title: string;
  /** What it is called where its title alone would not say enough. */
  name?: string;
  className?: string;
  onClose(): void;
  children: ReactNode;
}

export function Panel({ title, name = title, className = '', onClose, children }: Props) {
  return (
    <aside className={`panel ${className}`} aria-label={name}>
      <header>
        <h3>{title}</h3>
        <button type="button" className="icon-button" aria-label={`Close ${title.toLowerCase()}`} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  );
}
