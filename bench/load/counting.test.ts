// A bench that counts wrong is worse than none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameReader, TEXT } from './frames.ts';
import { readStamp, stamped } from './stamp.ts';
import { median, quantile } from './statistics.ts';

/** A frame as a server sends it: not masked. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const head = length < 126 ? [0x81, length] : length < 65_536 ? [0x81, 126, length >> 8, length & 0xff] : null;
  if (head) return Buffer.concat([Buffer.from(head), payload]);
  const long = Buffer.alloc(10);
  long[0] = 0x81;
  long[1] = 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([long, payload]);
}

function heardIn(chunks: readonly Buffer[]): string[] {
  const heard: string[] = [];
  const reader = new FrameReader((opcode, payload) => {
    assert.equal(opcode, TEXT);
    heard.push(payload.toString());
  });
  for (const chunk of chunks) reader.read(chunk);
  return heard;
}

test('finds the same frames wherever the network cuts them', () => {
  const texts = ['', 'short', 'ä'.repeat(100), 'long'.repeat(200)];
  const bytes = Buffer.concat(texts.map(frame));
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(heardIn([bytes.subarray(0, cut), bytes.subarray(cut)]), texts);
  }
  assert.deepEqual(heardIn(Array.from(bytes, (byte) => Buffer.from([byte]))), texts);
});

test('finds a frame of more than 65,535 bytes', () => {
  const text = 'x'.repeat(70_000);
  assert.deepEqual(heardIn([frame(text), frame('after')]), [text, 'after']);
});

test('reads the moment of sending out of whatever surrounds it', () => {
  assert.equal(readStamp(Buffer.from(`{"content":"${stamped(1_234.5678)}"}`)), 1_234.568);
  assert.equal(readStamp(Buffer.from('{"type":"error"}')), null);
});

test('takes the middle, and the tail', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  assert.equal(quantile(hundred, 0.99), 99);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
