// How a hit is shown: its words between two marks that no text can have, and never more than a few lines.

const START = '\u0002';
const STOP = '\u0003';
const LENGTH_MAX = 300; // code points; what is longer has no spaces to be cut at
const BEFORE_HIT = 60; // code points kept before the first hit when it has to be cut

const STAND_INS_FOR_BRACKETS = '\u0004\u0005';

/**
 * For PostgreSQL's `translate`, before a text is marked. The marks are taken out of it, so that what is between them is a
 * hit, whatever somebody has written. Angle brackets become what no parser takes for a tag and leaves out.
 */
export const WRITTEN = `<>${STAND_INS_FOR_BRACKETS}${START}${STOP}`;
export const STAND_INS = STAND_INS_FOR_BRACKETS;

/** For PostgreSQL's `ts_headline`. */
export const HEADLINE = `StartSel="${START}", StopSel="${STOP}", MaxFragments=2, MaxWords=20, MinWords=8, ShortWord=0, FragmentDelimiter=" … "`;

/** What PostgreSQL has marked, as it was written, and never too long. */
export function shorten(headline: string): string {
  const snippet = headline.replaceAll('\u0004', '<').replaceAll('\u0005', '>');
  const characters = [...snippet];
  if (characters.length <= LENGTH_MAX) return snippet;
  const from = Math.max(0, characters.indexOf(START) - BEFORE_HIT);
  const part = characters.slice(from, from + LENGTH_MAX);
  const isOpen = part.lastIndexOf(START) > part.lastIndexOf(STOP);
  const isCut = from + LENGTH_MAX < characters.length;
  return `${from > 0 ? '…' : ''}${part.join('')}${isOpen ? STOP : ''}${isCut ? '…' : ''}`;
}
