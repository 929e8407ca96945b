// A hit is shown in a few lines, its marks in pairs.
import { describe, expect, it } from '@jest/globals';
import { shorten } from '../../src/messages/snippet.js';

const hit = (text: string) => `\u0002${text}\u0003`;

describe('a snippet', () => {
  it('stays as it is when it is short', () => {
    expect(shorten(`red ${hit('tomatoes')}`)).toBe(`red ${hit('tomatoes')}`);
  });

  it('keeps its first hit when it is cut', () => {
    const cut = shorten(`${'x'.repeat(400)}${hit('tomatoes')}${'y'.repeat(400)}`);
    expect(cut).toContain(hit('tomatoes'));
    expect(cut).toMatch(/^…x{60}/);
    expect(cut).toMatch(/y…$/);
  });

  it('closes a hit that is longer than itself', () => {
    const cut = shorten(`🍅 ${hit('🍅'.repeat(400))}`);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.endsWith('\u0003…')).toBe(true);
    expect([...cut].length).toBeLessThanOrEqual(320);
  });
});
