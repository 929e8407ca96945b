// The words of a message. React writes them as text; the only thing made of them is a link, and only to http and https.
import { Fragment, type ReactNode } from 'react';

const ADDRESS = /\bhttps?:\/\/[^\s<>"“”]+/gi;
const ONLY_EMOJI = /^\p{RGI_Emoji}{1,3}$/v;

export function MessageText({ text, mark }: { text: string; mark?: ReactNode }) {
  return (
    <p className={ONLY_EMOJI.test(text) ? 'words only-emoji' : 'words'} dir="auto">
      {partsOf(text).map((part) => (
        <Fragment key={part.at}>
          {part.href ? (
            <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ) : (
            part.text
          )}
        </Fragment>
      ))}
      {mark}
    </p>
  );
}

interface Part {
  readonly at: number;
  readonly text: string;
  readonly href?: string;
}

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTail(found);
    if (!URL.canParse(address)) continue;
    if (index > done) parts.push({ at: done, text: text.slice(done, index) });
    parts.push({ at: index, text: address, href: address });
    done = index + address.length;
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done) });
  return parts;
}

/** A full stop ends the sentence, not the address; a bracket belongs to it only where it was opened in it. */
function withoutTail(address: string): string {
  const bare = address.replace(/[.,:;!?'*_]+$/, '');
  return bare.endsWith(')') && !bare.includes('(') ? withoutTail(bare.slice(0, -1)) : bare;
}
