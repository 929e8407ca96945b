// One quiet line over the place to write: who else is writing now. It keeps its height, so that nothing jumps.
import type { User } from 'parley/client';

export function TypingLine({ people }: { people: readonly User[] }) {
  return <p className="typing-line">{sentenceOn(people.map(({ displayName }) => displayName))}</p>;
}

function sentenceOn([first, second, ...others]: string[]): string {
  if (!first) return '';
  if (!second) return `${first} is typing…`;
  return others.length === 0 ? `${first} and ${second} are typing…` : 'Several people are typing…';
}
