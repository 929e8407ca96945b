// The words of a message. React writes them as text; all that is made of them is a link, and only to http and https, and
// the name of someone who is mentioned.
import type { User } from 'parley/client';
import { Fragment, type ReactNode } from 'react';
import { useMe } from '../session/me';

const ADDRESS = /\bhttps?:\/\/[^\s<>"“”]+/gi;
const NAME = /(?<![\p{L}\p{N}_.\-/@])@([a-z0-9_.-]{3,32})(?![\p{L}\p{N}_@])/giu; // as the server finds them
const ONLY_EMOJI = /^\p{RGI_Emoji}{1,3}$/v;

interface Props {
  text: string;
  mentions?: readonly User[];
  mark?: ReactNode;
}

export function MessageText({ text, mentions = [], mark }: Props) {
  const me = useMe();
  return (
    <p className={ONLY_EMOJI.test(text) ? 'words only-emoji' : 'words'} dir="auto">
      {partsOf(text, mentions).map((part) => (
        <Fragment key={part.at}>
          {part.href ? (
            <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ) : part.user ? (
            <span className={part.user.id === me.id ? 'mention me' : 'mention'} title={part.user.displayName}>
              {part.text}
            </span>
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
  readonly user?: User;
}

export function partsOf(text: string, mentions: readonly User[] = []): Part[] {
  const found = [...linksIn(text), ...namesIn(text, mentions)].sort((a, b) => a.at - b.at);
  const parts: Part[] = [];
  let done = 0;
  for (const part of found) {
    if (part.at < done) continue; // a name within an address
    if (part.at > done) parts.push({ at: done, text: text.slice(done, part.at) });
    parts.push(part);
    done = part.at + part.text.length;
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done) });
  return parts;
}

function linksIn(text: string): Part[] {
  const addresses = [...text.matchAll(ADDRESS)].map(({ 0: found, index: at }) => ({ at, text: withoutTail(found) }));
  return addresses.filter(({ text: address }) => URL.canParse(address)).map((part) => ({ ...part, href: part.text }));
}

/** Who is no member, or not meant, stays plain words. */
function namesIn(text: string, mentions: readonly User[]): Part[] {
  const parts: Part[] = [];
  for (const { 1: name = '', index: at } of text.matchAll(NAME)) {
    const whole = name.toLowerCase();
    const bare = whole.replace(/[.-]+$/, ''); // a full stop ends the sentence, unless it is part of the name
    const user =
      mentions.find(({ username }) => username === whole) ?? mentions.find(({ username }) => username === bare);
    if (user) parts.push({ at, text: text.slice(at, at + 1 + user.username.length), user });
  }
  return parts;
}

/** A full stop ends the sentence, not the address; a bracket belongs to it only where it was opened in it. */
function withoutTail(address: string): string {
  const bare = address.replace(/[.,:;!?'*_]+$/, '');
  return bare.endsWith(')') && !bare.includes('(') ? withoutTail(bare.slice(0, -1)) : bare;
}
