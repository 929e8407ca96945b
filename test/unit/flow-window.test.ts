// How far ahead of its reader a socket may be, as its pongs tell.
import { describe, expect, it } from '@jest/globals';
import { FlowWindow } from '../../src/gateway/flow-window.js';

const KIB = 1_024;

/** Writes so much in pieces of one KiB. Tells what was asked. */
function write(window: FlowWindow, kib: number): string[] {
  const pings = Array.from({ length: kib }, () => window.add(KIB));
  return pings.filter((ping) => ping !== null);
}

describe('a flow window', () => {
  it('asks every 64 KiB whether they have been read, and is full with 256', () => {
    const window = new FlowWindow();
    expect(write(window, 255)).toEqual(['65536', '131072', '196608']);
    expect(window.isFull).toBe(false);
    expect(write(window, 1)).toEqual(['262144']);
    expect(window.isFull).toBe(true);
  });

  it('opens as far as has been read', () => {
    const window = new FlowWindow();
    const [first = '', second = ''] = write(window, 256);
    expect(window.answer(first)).toBe(true);
    expect(window.isFull).toBe(false);
    write(window, 64);
    expect(window.isFull).toBe(true);
    expect(window.answer(second)).toBe(true);
    expect(window.isFull).toBe(false);
  });

  it('takes the answer to a later question for that to all before it', () => {
    const window = new FlowWindow();
    const [first = '', , third = ''] = write(window, 256);
    expect(window.answer(third)).toBe(true);
    expect(window.answer(first)).toBe(false);
    write(window, 191);
    expect(window.isFull).toBe(false);
    write(window, 1);
    expect(window.isFull).toBe(true);
  });

  it('believes no answer that it has not asked for, nor the same one twice', () => {
    const window = new FlowWindow();
    const [first = ''] = write(window, 256);
    for (const forged of ['', '0', '-1', '1', '65537', '262145', '1e9', 'NaN', '\u0000']) {
      expect(window.answer(forged)).toBe(false);
      expect(window.isFull).toBe(true);
    }
    expect(window.answer(first)).toBe(true);
    expect(window.answer(first)).toBe(false);
  });

  it('asks at once after one message that is larger than it', () => {
    const window = new FlowWindow();
    expect(window.add(1_024 * KIB)).toBe('1048576');
    expect(window.isFull).toBe(true);
    expect(window.answer('1048576')).toBe(true);
    expect(window.isFull).toBe(false);
  });
});
