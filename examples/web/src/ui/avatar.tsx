// A face made of initials, in a colour that is the person's own on every visit and every machine.
import type { CSSProperties } from 'react';
import './avatar.css';

export interface Face {
  readonly id: string;
  readonly displayName: string;
}

interface Props {
  face: Face;
  size?: 'small' | 'medium';
  /** Shows a dot: for eyes alone, so say it in words as well. */
  online?: boolean;
}

export function Avatar({ face, size = 'medium', online = false }: Props) {
  return (
    <span
      className={`avatar ${size}${online ? ' online' : ''}`}
      style={{ '--hue': hueOf(face.id) } as CSSProperties}
      aria-hidden="true"
    >
      {initialsOf(face.displayName)}
    </span>
  );
}

/** First letters of the first and the last word; whole characters, so that an emoji or an accent is not cut in two. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const firstOf = (word = '') => [...new Intl.Segmenter().segment(word)][0]?.segment ?? '';
  return (firstOf(words[0]) + (words.length > 1 ? firstOf(words.at(-1)) : '')).toLocaleUpperCase() || '?';
}

/** FNV-1a over the id, in steps of 24°: neighbours on the wheel stay apart for the eye. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (const char of id) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return ((hash >>> 0) % 15) * 24;
}
