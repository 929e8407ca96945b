// What people may react with: any emoji, and one of it.
import { badInput } from '../core/errors.js';

/** Those that Unicode recommends for general interchange, each a single grapheme. */
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;
const AS_PICTURE = '\uFE0F'; // after a sign that is text by itself, such as ❤: show it as a picture
const LONGEST = 32; // UTF-16 units; the longest there is has 15. Nothing longer is worth a look

/** As it is stored: ❤ with and without its selector are the same reaction. */
export function reactionEmoji(text: string, field = 'emoji'): string {
  if (text.length <= LONGEST) {
    for (const emoji of [text, text + AS_PICTURE]) if (ONE_EMOJI.test(emoji)) return emoji;
  }
  throw badInput(field, `\`${field}\` must be one emoji, and nothing else.`);
}
