// Who is addressed in a text: the names after an @, as far as names can look. Whether they are anybody is for the database.

const MOST = 50; // names in one message; who addresses more means everybody, and everybody reads it anyway
/** Not within a word or an address: `ada@example.org` mentions nobody, and neither does `https://example.org/@ada`. */
const ADDRESSED = /(?<![\p{L}\p{N}_.\-/@])@([a-z0-9_.-]{3,32})(?![\p{L}\p{N}_@])/giu;

/** In lower case, each once. Of `@ada.` both `ada.` and `ada` are meant: a name may end in a dot, and so may a sentence. */
export function namesIn(text: string): string[] {
  const names = new Set<string>();
  for (const [, name = ''] of text.matchAll(ADDRESSED)) {
    for (let part = name.toLowerCase(); part.length >= 3; part = part.slice(0, -1)) {
      if (names.size === MOST) return [...names];
      names.add(part);
      if (!/[.-]$/.test(part)) break;
    }
  }
  return [...names];
}
