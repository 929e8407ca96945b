// One emoji, and nothing else.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reactionEmoji } from '../../src/messages/emoji.js';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

describe('what one can react with', () => {
  it.each(['👍', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👨🏾‍❤️‍💋‍👨🏻', '🇩🇪', '#️⃣', '❤️'])('is %s, as it is', (emoji) => {
    expect(reactionEmoji(emoji)).toBe(emoji);
  });

  it('is a picture, also when it was asked for as text', () => {
    expect(reactionEmoji('❤')).toBe('❤️');
    expect(reactionEmoji('☺')).toBe('☺️');
  });

  it('is one grapheme, whatever is asked for', () => {
    const pieces = fc.constantFrom(
      '👍',
      '🏽',
      '\u200d',
      '\ufe0f',
      '❤',
      '🇩',
      '🇪',
      '1',
      '\u20e3',
      'a',
      ' ',
      '👩',
      '\ud83d',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
        let emoji: string;
        try {
          emoji = reactionEmoji(parts.join(''));
        } catch {
          return;
        }
        expect([...graphemes.segment(emoji)]).toHaveLength(1);
      }),
    );
  });
});
