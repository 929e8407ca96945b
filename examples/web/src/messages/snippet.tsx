// A piece of a message with the words that were looked for marked in it: text, split where the server says so.
import { Fragment } from 'react';

const BEFORE = '\u0002'; // stands before and after each word that was found, and nowhere else
const AFTER = '\u0003';

export function Snippet({ text }: { text: string }) {
  const [begin = '', ...rest] = text.split(BEFORE);
  let at = begin.length;
  const parts = rest.map((part) => {
    const [found, between] = part.split(AFTER);
    at += part.length;
    return { at, found, between };
  });
  return (
    <span className="snippet" dir="auto">
      {begin}
      {parts.map((part) => (
        <Fragment key={part.at}>
          <mark>{part.found}</mark>
          {part.between}
        </Fragment>
      ))}
    </span>
  );
}
